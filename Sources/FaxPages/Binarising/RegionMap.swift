import FaxModel

/// What becomes of each tile of a page, and why.
struct RegionMap {
    /// How a tile's pixels are made black or white.
    enum Treatment: UInt8 {
        /// Nothing in it.
        case white
        /// Dark on white and nothing else: one threshold.
        case plain
        /// Too thick for a stroke and too thin for a background, such as the letters of a headline: as `plain`.
        case solid
        /// Dark on a tone that goes: strokes are black, the rest is white.
        case onLight
        /// Light on a tone that becomes black.
        case onDark
        /// A tone that is kept as a tint, strokes on top of it.
        case tint
        /// A photograph.
        case picture

        var isThreshold: Bool { self == .plain || self == .solid }
    }

    let columns: Int
    let lines: Int
    private(set) var treatments: [Treatment]
    /// For `plain` and `solid` the threshold, for `onDark` the level of the region's tone, for the others of the darkest tone
    /// near it that strokes are darker than.
    private(set) var levels: [UInt8]
    /// The tone that goes here and becomes white; what is kept is as dark as it is beside that. For `onDark` the darkest that
    /// is light.
    private(set) var grounds: [UInt8]
    /// Greys under which the rest of something solid is black that a tile beside it has; 0 where there is none.
    private(set) var solids: [UInt8]

    /// Whether any tile needs more than a threshold.
    var isPlain: Bool { treatments.allSatisfy { $0 == .white || $0.isThreshold } }

    init(_ grid: TileGrid, _ resolution: Resolution, _ quality: PageQuality) {
        (columns, lines) = (grid.columns, grid.lines)
        treatments = [Treatment](repeating: .white, count: columns * lines)
        levels = [UInt8](repeating: 255, count: columns * lines)
        grounds = levels
        solids = [UInt8](repeating: 0, count: columns * lines)
        for index in grid.tiles.indices where !grid.tiles[index].isWhite {
            treatments[index] = .plain
            levels[index] = Self.threshold(grid.tiles[index], resolution)
        }
        let pictures = quality == .document ? [] : PictureFinder(grid).rectangles
        for rectangle in pictures { set(rectangle, .picture) }
        placeTones(grid, quality)
    }

    private mutating func set(_ rectangle: TileRectangle, _ treatment: Treatment) {
        for y in rectangle.top...rectangle.bottom {
            for x in rectangle.left...rectangle.right { treatments[y * columns + x] = treatment }
        }
    }

    /// Six tenths of the way from the darkest pixel to white: hairlines drawn half grey stay. At 98 lines, where those are
    /// told by the rows around them, the middle. What hardly differs from white is no stroke.
    private static func threshold(_ tile: TileGrid.Tile, _ resolution: Resolution) -> UInt8 {
        guard tile.darkest <= TileGrid.palest else { return 0 }
        return UInt8(min(Tone.white, Int(tile.darkest) + tenths(resolution) * (255 - Int(tile.darkest)) / 10))
    }

    /// How far from the darkest pixel towards white the threshold lies.
    static func tenths(_ resolution: Resolution) -> Int { resolution == .standard ? 5 : 6 }

    /// What becomes of each tone; marks, and what is solid, when it is known what they lie on.
    private mutating func placeTones(_ grid: TileGrid, _ quality: PageQuality) {
        let isFree = treatments.map { $0 == .plain }
        let tones = Tones(grid, isFree: isFree).all
        for tone in tones where tone.kind == .background { decide(grid, tone, quality) }
        for tone in tones where treatments[tone.members[0]] == .tint {
            let ground = ground(grid, tone)
            for index in tone.members { grounds[index] = ground }
        }
        var settled = self
        for tone in tones where tone.kind != .background { place(grid, tone, settled) }
        settled = self
        for index in grid.tiles.indices where hasStrokes(index) { darkenTone(grid, index, settled) }
        settled = self
        for index in grid.tiles.indices where treatments[index] == .plain { softenBorder(grid, index, settled) }
    }

    private mutating func decide(_ grid: TileGrid, _ tone: Tone, _ quality: PageQuality) {
        let (level, members) = (tone.level, tone.members)
        let treatment: Treatment
        if level < Tone.dark {
            treatment = .onDark
        } else if level >= Tone.pale {
            treatment = .onLight
        } else if tone.isSmall && !tone.isRead || quality == .document && !tone.isWritten {
            treatment = level < 128 ? .onDark : .onLight
        } else if quality == .photo || !tone.isWritten {
            treatment = .tint
        } else if tone.lighter > tone.darker {
            // Pale with something paler on it, such as the roads of a map, is no background to read from; where letters are
            // it is, and where a badge has its number.
            let isDark = level < (tone.isRead ? Self.readable : 150)
            treatment = isDark ? .onDark : quality == .document ? .onLight : .tint
        } else {
            treatment = .onLight
        }
        for index in members { set(grid, index, treatment, tone) }
        guard tone.darker > 0, tone.lighter > 0, level >= Tone.dark, treatment != .tint else { return }
        let all = Set(members)
        // Between what is dark on it and what is light a tone is one or the other, as its letters need it.
        for index in members {
            let (dark, light) = (
                grid.strokes(index, areLight: false).count,
                grid.strokes(index, areLight: true).count
            )
            guard 4 * max(dark, light) >= grid.height, dark != light, level < Self.readable || dark > light
            else { continue }
            let own: Treatment = dark > light ? .onLight : .onDark
            // What parts two of it is light too, and no letter.
            guard own != treatment, own == .onLight || grid.hasSign(index, on: tone.level, reach: 2) else { continue }
            set(grid, index, own, tone)
            grid.neighbours(index, diagonal: true) { next in
                guard all.contains(next) else { return }
                let others = grid.strokes(next, areLight: own == .onLight).count
                if others == 0 { set(grid, next, own, tone) }
            }
        }
    }

    /// From this level on nothing lighter can be read from a tone.
    private static let readable = 208

    private mutating func set(_ grid: TileGrid, _ index: Int, _ treatment: Treatment, _ tone: Tone) {
        treatments[index] = treatment
        levels[index] = treatment == .onDark ? UInt8(tone.level) : grid.tiles[index].level
        grounds[index] = treatment == .onLight ? levels[index] : 255
    }

    /// A mark or thick strokes, which are dark or light beside what they lie on.
    private mutating func place(_ grid: TileGrid, _ tone: Tone, _ settled: RegionMap) {
        if let dark = settled.darkGround(grid, tone) {
            // Half of the way to it is the threshold; what is darker still is black with it.
            let threshold = UInt8((tone.level + dark) / 2)
            for index in tone.members {
                (treatments[index], levels[index]) = tone.level > dark ? (.solid, threshold) : (.onDark, UInt8(dark))
                guard tone.level > dark else { continue }
                grid.neighbours(index, diagonal: true) { next in
                    guard treatments[next] == .onDark, levels[next] < tone.level else { return }
                    grounds[next] = min(grounds[next], UInt8(tone.level))
                }
            }
        } else if tone.level >= Tone.pale {
            // Nothing dark is around it after all.
            for index in tone.members { set(grid, index, .onLight, tone) }
        } else if tone.kind == .mark {
            place(grid, mark: tone, on: settled.ground(grid, tone))
        } else {
            let ground = Int(settled.ground(grid, tone, countsTints: true))
            for index in tone.members {
                treatments[index] = .solid
                let threshold = UInt8((tone.level + ground) / 2)
                // Something darker may be near, by which the tile's own is too low.
                levels[index] = ground < 255 ? threshold : max(levels[index], threshold)
                guard ground < 255 else { continue }
                grid.neighbours(index, diagonal: true) { next in
                    if grid.tiles[next].level > threshold { solids[next] = max(solids[next], threshold) }
                }
            }
        }
    }

    /// A mark is black or a tint by how dark it is beside what it lies on; one on white that is hardly more than a stroke is
    /// cut by a threshold, as strokes are.
    private mutating func place(_ grid: TileGrid, mark: Tone, on ground: UInt8) {
        if ground == 255, area(grid, mark) < TileGrid.width * grid.height { return }
        let isPale = mark.level * 255 / Int(ground) >= 224
        for index in mark.members {
            // It may be the thick part of a letter, whose strokes are darker than what it lies on.
            (levels[index], grounds[index]) = (isPale ? grid.tiles[index].level : ground, ground)
            if mark.level < 128, ground == 255 {
                (treatments[index], levels[index]) = (.onDark, UInt8(mark.level))
            } else {
                treatments[index] = isPale ? .onLight : .tint
            }
        }
    }

    /// Pixels of a small tone.
    private func area(_ grid: TileGrid, _ tone: Tone) -> Int {
        var tiles = Set(tone.members)
        for index in tone.members { grid.neighbours(index, diagonal: true) { tiles.insert($0) } }
        return tiles.reduce(0) { $0 + grid.pixels($1, of: tone.level) }
    }

    /// The lighter tone around another one that goes, or is a tint; white where there is less of it than of white.
    private func ground(_ grid: TileGrid, _ tone: Tone, countsTints: Bool = false) -> UInt8 {
        var around: [UInt8] = []
        var whites = 0
        forEachBeside(grid, tone) { next in
            let level = grid.tiles[next].level
            if level >= Tone.white {
                whites += 1
            } else if treatments[next] == .onLight || countsTints && treatments[next] == .tint,
                Int(level) > tone.level + Tone.step
            {
                around.append(level)
            }
        }
        return around.isEmpty || around.count < whites ? 255 : around.sorted()[around.count / 2]
    }

    /// The tone around another one that becomes black; nil where there is less of it than of what becomes white.
    private func darkGround(_ grid: TileGrid, _ tone: Tone) -> Int? {
        var around: [UInt8] = []
        var lights = 0
        forEachBeside(grid, tone) { next in
            switch treatments[next] {
            case .onDark: around.append(levels[next])
            case .white, .onLight: lights += 1
            default: if grid.tiles[next].level >= Tone.white { lights += 1 }
            }
        }
        return around.isEmpty || around.count <= lights ? nil : Int(around.sorted()[around.count / 2])
    }

    /// Tiles beside a tone, each as often as it touches one of it.
    private func forEachBeside(_ grid: TileGrid, _ tone: Tone, _ body: (Int) -> Void) {
        let own = Set(tone.members)
        for index in tone.members {
            grid.neighbours(index, diagonal: true) { if !own.contains($0) { body($0) } }
        }
    }

    private func hasStrokes(_ index: Int) -> Bool { treatments[index] == .onLight || treatments[index] == .tint }

    /// The tone that strokes are darker than is the darkest around: no part of a tone that two lines cut off is a stroke.
    private mutating func darkenTone(_ grid: TileGrid, _ index: Int, _ settled: RegionMap) {
        grid.neighbours(index, diagonal: true) { next in
            guard settled.hasStrokes(next) else { return }
            levels[index] = min(levels[index], settled.levels[next])
            // Nor is what is left in this tile of a darker tone that goes.
            guard treatments[index] == .onLight, settled.treatments[next] == .onLight else { return }
            grounds[index] = min(grounds[index], settled.grounds[next])
        }
    }

    /// A tile at the border of a toned region shows both: what its neighbours need decides.
    private mutating func softenBorder(_ grid: TileGrid, _ index: Int, _ settled: RegionMap) {
        let tile = grid.tiles[index]
        var light: UInt8?
        var dark: UInt8?
        var tint: UInt8?
        var solids: [UInt8] = []
        var ground: UInt8 = 255
        grid.neighbours(index, diagonal: true) { next in
            switch settled.treatments[next] {
            case .onLight where settled.levels[next] < Tone.white: light = min(light ?? 255, settled.levels[next])
            case .onDark: dark = max(dark ?? 0, settled.levels[next])
            case .solid: solids.append(settled.levels[next])
            case .tint:
                tint = min(tint ?? 255, settled.levels[next])
                ground = min(ground, settled.grounds[next])
            default: break
            }
        }
        if let tint {
            (treatments[index], levels[index], grounds[index]) = (.tint, tint, ground)
        } else if let dark {
            levels[index] = solids.min() ?? UInt8((Int(dark) + 255) / 2)
        } else if let light {
            (treatments[index], levels[index], grounds[index]) = (.onLight, light, light)
        } else if let solid = solids.max() {
            levels[index] = max(levels[index], solid)
        } else if tile.dark > 0 && tile.middle > 4 * tile.dark + 24 || grid.hasPale(index, from: levels[index]) {
            // Pale strokes, perhaps beside black ones: each needs its own threshold.
            (treatments[index], levels[index]) = (.onLight, 255)
        }
    }
}

/// Tiles from `left` to `right` and from `top` to `bottom`, all of them in it.
struct TileRectangle: Hashable {
    var left: Int
    var top: Int
    var right: Int
    var bottom: Int

    var count: Int { (right - left + 1) * (bottom - top + 1) }
}
