import FaxModel

/// What becomes of each tile of a page, and why.
struct RegionMap {
    /// How a tile's pixels are made black or white.
    enum Treatment: UInt8 {
        /// Nothing in it.
        case white
        /// Dark on white and nothing else: one threshold.
        case plain
        /// Dark on a tone that goes: strokes are black, the rest is white.
        case onLight
        /// Light on a tone that becomes black.
        case onDark
        /// A tone that is kept as a tint, strokes on top of it.
        case tint
        /// A photograph.
        case picture
    }

    let columns: Int
    let lines: Int
    private(set) var treatments: [Treatment]
    /// For `plain` the threshold, for `onDark` the level of the region's tone, for the others of the darkest tone near it.
    private(set) var levels: [UInt8]

    /// Whether any tile needs more than a threshold.
    var isPlain: Bool { treatments.allSatisfy { $0 == .white || $0 == .plain } }

    init(_ grid: TileGrid, _ resolution: Resolution, _ quality: PageQuality) {
        (columns, lines) = (grid.columns, grid.lines)
        treatments = [Treatment](repeating: .white, count: columns * lines)
        levels = [UInt8](repeating: 255, count: columns * lines)
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
        tile.darkest > 230 ? 0 : UInt8(Int(tile.darkest) + tenths(resolution) * (255 - Int(tile.darkest)) / 10)
    }

    /// How far from the darkest pixel towards white the threshold lies.
    static func tenths(_ resolution: Resolution) -> Int { resolution == .standard ? 5 : 6 }

    /// Connected tiles whose most common grey isn't white are a background, a shade or a solid.
    private mutating func placeTones(_ grid: TileGrid, _ quality: PageQuality) {
        var seen = [Bool](repeating: false, count: columns * lines)
        for start in grid.tiles.indices where !seen[start] && isTone(grid, start) {
            var members: [Int] = []
            var stack = [start]
            seen[start] = true
            while let index = stack.popLast() {
                members.append(index)
                neighbours(index) { next in
                    guard !seen[next], isTone(grid, next),
                        abs(Int(grid.tiles[next].level) - Int(grid.tiles[index].level)) <= Self.step
                    else { return }
                    seen[next] = true
                    stack.append(next)
                }
            }
            decide(grid, members, quality)
        }
        var settled = self
        for index in grid.tiles.indices where hasStrokes(index) { darkenTone(index, settled) }
        settled = self
        for index in grid.tiles.indices where treatments[index] == .plain { softenBorder(grid, index, settled) }
    }

    private func isTone(_ grid: TileGrid, _ index: Int) -> Bool {
        let tile = grid.tiles[index]
        return treatments[index] == .plain && tile.level < Self.white && tile.flatness >= 90
    }

    private mutating func decide(_ grid: TileGrid, _ members: [Int], _ quality: PageQuality) {
        let level = members.reduce(0) { $0 + Int(grid.tiles[$1].level) } / members.count
        // What is lighter or darker in a tone's border tiles is mostly what lies beside it, unless it has hardly any others.
        let inner = members.filter { isInside(grid, $0) }
        let looked = 4 * inner.count >= members.count ? inner : members
        var (darker, lighter) = (0, 0)
        for index in looked {
            let tile = grid.tiles[index]
            let (below, above) = (Int(tile.level) - Int(tile.darkest), Int(tile.lightest) - Int(tile.level) - 7)
            if max(below, above) >= 40 {
                if below > above { darker += 1 } else { lighter += 1 }
            }
        }
        let isWritten = (darker + lighter) * 100 >= looked.count * 2
        let treatment: Treatment
        if level < 72 {
            treatment = .onDark
        } else if level >= 224 {
            treatment = .onLight
        } else if members.count < 4 || quality == .document && !isWritten {
            treatment = level < 128 ? .onDark : .onLight
        } else if quality == .photo || !isWritten {
            treatment = .tint
        } else if lighter > darker {
            // Pale with something paler on it, such as the roads of a map, is no background to read from.
            treatment = level < 150 ? .onDark : quality == .document ? .onLight : .tint
        } else {
            treatment = .onLight
        }
        for index in members {
            treatments[index] = treatment
            levels[index] = treatment == .onDark ? UInt8(level) : grid.tiles[index].level
        }
    }

    /// Whether the tiles to each side are of the same tone.
    private func isInside(_ grid: TileGrid, _ index: Int) -> Bool {
        var isInside = true
        neighbours(index) { next in
            if abs(Int(grid.tiles[next].level) - Int(grid.tiles[index].level)) > Self.step { isInside = false }
        }
        return isInside
    }

    private func hasStrokes(_ index: Int) -> Bool { treatments[index] == .onLight || treatments[index] == .tint }

    /// The tone that strokes are darker than is the darkest around: no part of a tone that two lines cut off is a stroke.
    private mutating func darkenTone(_ index: Int, _ settled: RegionMap) {
        neighbours(index, diagonal: true) { next in
            if settled.hasStrokes(next) { levels[index] = min(levels[index], settled.levels[next]) }
        }
    }

    /// A tile at the border of a toned region shows both: what its neighbours need decides.
    private mutating func softenBorder(_ grid: TileGrid, _ index: Int, _ settled: RegionMap) {
        let tile = grid.tiles[index]
        var light: UInt8?
        var dark: UInt8?
        var tint: UInt8?
        neighbours(index, diagonal: true) { next in
            switch settled.treatments[next] {
            case .onLight where settled.levels[next] < Self.white: light = min(light ?? 255, settled.levels[next])
            case .onDark: dark = settled.levels[next]
            case .tint: tint = min(tint ?? 255, settled.levels[next])
            default: break
            }
        }
        if let tint {
            (treatments[index], levels[index]) = (.tint, tint)
        } else if let dark {
            levels[index] = UInt8((Int(dark) + 255) / 2)
        } else if let light {
            (treatments[index], levels[index]) = (.onLight, light)
        } else if tile.dark > 0, tile.middle > 4 * tile.dark + 24 {
            // Pale strokes, perhaps beside black ones: each needs its own threshold.
            (treatments[index], levels[index]) = (.onLight, 255)
        }
    }

    private func neighbours(_ index: Int, diagonal: Bool = false, _ body: (Int) -> Void) {
        let (x, y) = (index % columns, index / columns)
        for dy in -1...1 {
            for dx in -1...1 where (dx != 0 || dy != 0) && (diagonal || dx == 0 || dy == 0) {
                let (column, line) = (x + dx, y + dy)
                if column >= 0, column < columns, line >= 0, line < lines { body(line * columns + column) }
            }
        }
    }

    /// Levels from which on a tone is white paper.
    private static let white = 240
    /// Steps between neighbouring tiles of one region.
    private static let step = 16
}

/// Tiles from `left` to `right` and from `top` to `bottom`, all of them in it.
struct TileRectangle: Hashable {
    var left: Int
    var top: Int
    var right: Int
    var bottom: Int

    var count: Int { (right - left + 1) * (bottom - top + 1) }
}
