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
    /// The tone that goes here and becomes white; what is kept is as dark as it is beside that.
    private(set) var grounds: [UInt8]

    /// Whether any tile needs more than a threshold.
    var isPlain: Bool { treatments.allSatisfy { $0 == .white || $0 == .plain } }

    init(_ grid: TileGrid, _ resolution: Resolution, _ quality: PageQuality) {
        (columns, lines) = (grid.columns, grid.lines)
        treatments = [Treatment](repeating: .white, count: columns * lines)
        levels = [UInt8](repeating: 255, count: columns * lines)
        grounds = levels
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

    /// Connected tiles whose most common grey isn't white are a background, a shade or a solid; a few of them with nothing
    /// on them are a mark, such as the bullet of a list, and what it lies on has to be known before.
    private mutating func placeTones(_ grid: TileGrid, _ quality: PageQuality) {
        var seen = [Bool](repeating: false, count: columns * lines)
        var marks: [Tone] = []
        var tones: [Tone] = []
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
            let tone = tone(grid, members)
            if isMark(grid, tone) { marks.append(tone) } else { tones.append(tone) }
        }
        for tone in tones { decide(grid, tone, quality) }
        for tone in tones where treatments[tone.members[0]] == .tint {
            let ground = ground(grid, tone)
            let isLine = isLine(grid, tone) && Int(ground) >= (tone.level + 255) / 2 + 8
            for index in tone.members {
                grounds[index] = ground
                if isLine { (treatments[index], levels[index]) = (.onDark, UInt8(tone.level)) }
            }
        }
        for mark in marks { place(grid, mark) }
        var settled = self
        for index in grid.tiles.indices where hasStrokes(index) { darkenTone(index, settled) }
        settled = self
        for index in grid.tiles.indices where treatments[index] == .plain { softenBorder(grid, index, settled) }
    }

    private func isTone(_ grid: TileGrid, _ index: Int) -> Bool {
        let tile = grid.tiles[index]
        return treatments[index] == .plain && tile.level < Self.white && tile.flatness >= 90
    }

    /// Connected tiles of one tone.
    private struct Tone {
        let members: [Int]
        /// The mean of theirs.
        let level: Int
        /// Tiles that have something much darker on them, and much lighter.
        var darker = 0
        var lighter = 0
        var isWritten = false
    }

    private func tone(_ grid: TileGrid, _ members: [Int]) -> Tone {
        var tone = Tone(
            members: members, level: members.reduce(0) { $0 + Int(grid.tiles[$1].level) } / members.count)
        // What is lighter or darker in a tone's border tiles is mostly what lies beside it, unless it has hardly any others.
        let inner = members.filter { isInside(grid, $0) }
        let isCore = 4 * inner.count >= members.count
        let looked = isCore ? inner : members
        for index in looked {
            let tile = grid.tiles[index]
            let (below, above) = (Int(tile.level) - Int(tile.darkest), Int(tile.lightest) - Int(tile.level) - 7)
            if max(below, above) >= 40 {
                if below > above { tone.darker += 1 } else if isCore { tone.lighter += 1 }
            }
        }
        // Beside a small tone lies something lighter nearly always: only what lies between two parts of it counts.
        if !isCore || members.count <= Self.badge {
            tone.lighter = members.count { grid.lightStrokes($0, on: tone.level) >= 4 }
        }
        tone.isWritten = (tone.darker + tone.lighter) * 100 >= looked.count * 2
        return tone
    }

    /// Few tiles of a middle grey, with nothing dark on them and no more of the same tone beside them, as there is between
    /// letters.
    private func isMark(_ grid: TileGrid, _ tone: Tone) -> Bool {
        guard tone.members.count < Self.smallest, tone.level >= 72, tone.darker == 0 else { return false }
        var isMark = true
        for index in tone.members {
            neighbours(index, diagonal: true) { next in
                let isAlike = abs(Int(grid.tiles[next].level) - tone.level) <= Self.step
                if isAlike, !tone.members.contains(next) { isMark = false }
            }
        }
        return isMark
    }

    /// A small tone with white paper all around.
    private func isAlone(_ grid: TileGrid, _ tone: Tone) -> Bool {
        guard tone.members.count <= Self.badge else { return false }
        let own = Set(tone.members)
        return tone.members.allSatisfy { index in
            let (x, y) = (index % columns, index / columns)
            return (max(0, y - 2)...min(lines - 1, y + 2)).allSatisfy { line in
                (max(0, x - 2)...min(columns - 1, x + 2)).allSatisfy { column in
                    own.contains(line * columns + column) || grid[column, line].level >= Self.white
                }
            }
        }
    }

    private mutating func decide(_ grid: TileGrid, _ tone: Tone, _ quality: PageQuality) {
        let (level, members) = (tone.level, tone.members)
        let treatment: Treatment
        if level < 72 {
            treatment = .onDark
        } else if level >= 224 {
            treatment = .onLight
        } else if members.count < Self.smallest || quality == .document && !tone.isWritten {
            treatment = level < 128 ? .onDark : .onLight
        } else if quality == .photo || !tone.isWritten {
            treatment = .tint
        } else if tone.lighter > tone.darker {
            // Pale with something paler on it, such as the roads of a map, is no background to read from; a button is, or
            // the badge that a number has.
            let isDark = level < (isAlone(grid, tone) ? 208 : 150)
            treatment = isDark ? .onDark : quality == .document ? .onLight : .tint
        } else {
            treatment = .onLight
        }
        for index in members {
            treatments[index] = treatment
            levels[index] = treatment == .onDark ? UInt8(level) : grid.tiles[index].level
            if treatment == .onLight { grounds[index] = levels[index] }
        }
    }

    /// A mark is black or a tint by how dark it is beside what it lies on; one on white that is hardly more than a stroke is
    /// cut by a threshold, as strokes are.
    private mutating func place(_ grid: TileGrid, _ mark: Tone) {
        let ground = ground(grid, mark)
        if ground == 255, area(grid, mark) < TileGrid.width * grid.height { return }
        let isOnDark = mark.members.contains { touches($0, .onDark) }
        let isPale = mark.level * 255 / Int(ground) >= 224
        for index in mark.members {
            // It may be the thick part of a letter, whose strokes are darker than what it lies on.
            (levels[index], grounds[index]) = (isPale ? grid.tiles[index].level : ground, ground)
            if mark.level < 128, ground == 255 {
                (treatments[index], levels[index]) = (.onDark, UInt8(mark.level))
            } else {
                treatments[index] = isOnDark || isPale ? .onLight : .tint
            }
        }
    }

    /// Thinner than a tile and long, as what is under a headline: solid, as thinner lines are.
    private func isLine(_ grid: TileGrid, _ tone: Tone) -> Bool {
        guard tone.members.count <= Self.longest else { return false }
        let (across, down) = (tone.members.map { $0 % columns }, tone.members.map { $0 / columns })
        let length = max((across.max() ?? 0) - (across.min() ?? 0), (down.max() ?? 0) - (down.min() ?? 0)) + 1
        return length >= 4 && area(grid, tone) < length * TileGrid.width * grid.height
    }

    /// Pixels of a small tone.
    private func area(_ grid: TileGrid, _ tone: Tone) -> Int {
        var tiles = Set(tone.members)
        for index in tone.members { neighbours(index, diagonal: true) { tiles.insert($0) } }
        let steps = max(0, tone.level / 8 - 1)...min(31, tone.level / 8 + 1)
        return tiles.reduce(0) { sum, index in
            sum + (grid.histogram(index)?[steps].reduce(0) { $0 + Int($1) } ?? 0)
        }
    }

    /// The tone around another one that goes; white where little of it does.
    private func ground(_ grid: TileGrid, _ tone: Tone) -> UInt8 {
        let own = Set(tone.members)
        var around: [UInt8] = []
        var count = 0
        for index in tone.members {
            neighbours(index, diagonal: true) { next in
                guard !own.contains(next) else { return }
                count += 1
                let level = grid.tiles[next].level
                if treatments[next] == .onLight, level < Self.white, Int(level) > tone.level + Self.step {
                    around.append(level)
                }
            }
        }
        return 4 * around.count >= count && !around.isEmpty ? around.sorted()[around.count / 2] : 255
    }

    private func touches(_ index: Int, _ treatment: Treatment) -> Bool {
        var isTouching = false
        neighbours(index, diagonal: true) { if treatments[$0] == treatment { isTouching = true } }
        return isTouching
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
        var ground: UInt8 = 255
        neighbours(index, diagonal: true) { next in
            switch settled.treatments[next] {
            case .onLight where settled.levels[next] < Self.white: light = min(light ?? 255, settled.levels[next])
            case .onDark: dark = settled.levels[next]
            case .tint:
                tint = min(tint ?? 255, settled.levels[next])
                ground = min(ground, settled.grounds[next])
            default: break
            }
        }
        if let tint {
            (treatments[index], levels[index], grounds[index]) = (.tint, tint, ground)
        } else if let dark {
            levels[index] = UInt8((Int(dark) + 255) / 2)
        } else if let light {
            (treatments[index], levels[index], grounds[index]) = (.onLight, light, light)
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
    /// Tiles of a region that is no mark.
    private static let smallest = 4
    /// Tiles of a line at most: two across the page.
    private static let longest = 216
    /// Tiles of a badge or a button at most.
    private static let badge = 200
}

/// Tiles from `left` to `right` and from `top` to `bottom`, all of them in it.
struct TileRectangle: Hashable {
    var left: Int
    var top: Int
    var right: Int
    var bottom: Int

    var count: Int { (right - left + 1) * (bottom - top + 1) }
}
