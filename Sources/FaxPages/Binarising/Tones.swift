/// Connected tiles of one tone, by what each has most of.
struct Tone {
    enum Kind {
        /// A background, a shade or a solid.
        case background
        /// A few tiles by themselves, such as the bullet of a list or a legend's swatch.
        case mark
        /// Thick strokes: the letters of a headline, what is under it, a code of squares.
        case solid
    }

    let members: [Int]
    /// The mean of theirs.
    let level: Int
    var kind = Kind.background
    /// Tiles that have something much darker on them, and much lighter.
    var darker = 0
    var lighter = 0
    var isWritten = false
    /// What is lighter are letters, and not a line here and there.
    var hasLightLetters = false
    /// It has nothing dark on it and light things that it encloses, such as the number on a badge or a tick, and not just one
    /// on a large surface.
    var hasLightSign = false

    /// What is lighter on it is there to be read.
    var isRead: Bool { hasLightLetters || hasLightSign }
    /// Fewer tiles than a background has.
    var isSmall: Bool { members.count < 4 }

    /// Levels under which a tone is black, whatever is written on it.
    static let dark = 72
    /// Levels from which on a tone goes, whatever is written on it.
    static let pale = 224
    /// Levels from which on a tone is white paper.
    static let white = 240
    /// Steps between neighbouring tiles of one tone.
    static let step = 16
}

/// Finds the tones of a page.
struct Tones {
    private(set) var all: [Tone] = []
    private let grid: TileGrid
    private let isTone: [Bool]
    /// Rows of strokes in a tile that is written on.
    private var fewest: Int { grid.height / 4 }

    /// `isFree` tells of each tile whether it may have one.
    init(_ grid: TileGrid, isFree: [Bool]) {
        self.grid = grid
        isTone = grid.tiles.indices.map { index in
            let tile = grid.tiles[index]
            return isFree[index] && tile.level < Tone.white && tile.flatness >= 90
        }
        var seen = isTone.map { !$0 }
        for start in grid.tiles.indices where !seen[start] {
            var members: [Int] = []
            var stack = [start]
            seen[start] = true
            while let index = stack.popLast() {
                members.append(index)
                grid.neighbours(index) { next in
                    guard !seen[next], abs(Int(grid.tiles[next].level) - Int(grid.tiles[index].level)) <= Tone.step
                    else { return }
                    seen[next] = true
                    stack.append(next)
                }
            }
            all.append(tone(members))
        }
        tellThin()
    }

    private func tone(_ members: [Int]) -> Tone {
        var tone = Tone(
            members: members, level: members.reduce(0) { $0 + Int(grid.tiles[$1].level) } / members.count)
        // What is nearly black or nearly white is one or the other, whatever is written on it.
        guard Tone.dark..<Tone.pale ~= tone.level else { return tone }
        let inner = members.filter(isInside)
        lazy var light = members.map { grid.strokes($0, areLight: true) }
        // What is lighter or darker in a tone's border tiles is mostly what lies beside it: of one that has hardly any others
        // only what lies between two parts of it counts.
        if 4 * inner.count >= members.count, members.count > Self.badge {
            for index in inner {
                let tile = grid.tiles[index]
                let (below, above) = (Int(tile.level) - Int(tile.darkest), Int(tile.lightest) - Int(tile.level) - 7)
                if max(below, above) >= 40 {
                    if below > above { tone.darker += 1 } else { tone.lighter += 1 }
                }
            }
            tone.isWritten = (tone.darker + tone.lighter) * 100 >= inner.count * 2
        } else {
            tone.darker = members.count { grid.strokes($0, areLight: false).count >= fewest }
            tone.lighter = light.count { $0.count >= fewest }
            tone.isWritten = (tone.darker + tone.lighter) * 100 >= members.count * 2
        }
        if tone.lighter > tone.darker {
            let level = tone.level
            let (count, rows) = light.reduce((0, 0)) { ($0.0 + $1.count, $0.1 + $1.rows) }
            // Of a row of small letters a tile has more than one stroke; of roads and other lines it has one.
            tone.hasLightLetters = count >= 4 * grid.height && 5 * count >= 6 * rows
            // Lines that part a table, a pie or a town lead out of it; a lake doesn't, but is alone.
            let signs =
                tone.darker > 0
                ? 0 : zip(members, light).count { $1.count >= fewest && grid.hasSign($0, on: level, reach: 1) }
            tone.hasLightSign = signs > 0 && signs * Self.badge >= members.count
            tone.isWritten = tone.isWritten || tone.hasLightSign
        }
        return tone
    }

    /// Whether the tiles to each side are of the same tone.
    private func isInside(_ index: Int) -> Bool {
        var isInside = true
        grid.neighbours(index) { next in
            if abs(Int(grid.tiles[next].level) - Int(grid.tiles[index].level)) > Tone.step { isInside = false }
        }
        return isInside
    }

    /// Whether what isn't larger than a badge has white paper all around, two tiles wide.
    private func hasPaperAround(_ members: [Int]) -> Bool {
        guard members.count <= Self.badge else { return false }
        let own = Set(members)
        return members.allSatisfy { index in
            var isPaper = true
            grid.around(index, across: 2, down: 2) { next in
                if !own.contains(next), grid.tiles[next].level < Tone.white { isPaper = false }
            }
            return isPaper
        }
    }

    /// Thin tones near each other that are one shade are writing or a line if they go on for long, and else a mark.
    private mutating func tellThin() {
        let groups = thinGroups()
        let thin = Set(groups.flatMap { $0.flatMap { all[$0].members } })
        for group in groups {
            let tiles = group.flatMap { all[$0].members }
            let (width, height) = extent(tiles)
            let areMarks = group.allSatisfy { isCompact(all[$0]) }
            let isLong = !areMarks && max(width, height) > Self.mark
            // Letters leave room around them, an empty bar fills its box.
            let isWriting =
                group.count > 1 && 10 * tiles.count < 6 * width * height
                && group.allSatisfy { all[$0].members.count <= Self.letter }
            for number in group {
                let tone = all[number]
                let isLight = isOnDark(tone)
                let isClear = tone.level < Self.emptyBar || isWriting && !isByArea(tone, thin) || isLight
                let isStroke = isLong ? isClear : isOfStroke(tone, thin)
                // What is lighter on something light is no gap between letters.
                if isStroke, !areMarks, !(isLight && tone.isRead), standsOut(tone) {
                    all[number].kind = .solid
                } else if !tone.isRead,
                    tone.isSmall || areMarks || !isLong && (tone.lighter == 0 || hasPaperAround(tone.members))
                {
                    all[number].kind = .mark
                }
            }
        }
    }

    /// Thin tones that are one shade and no farther apart than letters of their height.
    private func thinGroups() -> [[Int]] {
        let thin = all.indices.filter { isThin(all[$0]) }
        var owners = [Int?](repeating: nil, count: grid.tiles.count)
        for number in thin {
            for index in all[number].members { owners[index] = number }
        }
        var near: [Int: Set<Int>] = [:]
        for number in thin {
            let reach = min(4, max(2, extent(all[number].members).height))
            for index in all[number].members {
                grid.around(index, across: reach, down: 1) { place in
                    guard let other = owners[place], other != number,
                        abs(all[other].level - all[number].level) <= Tone.step
                    else { return }
                    near[number, default: []].insert(other)
                    near[other, default: []].insert(number)
                }
            }
        }
        var groups: [[Int]] = []
        var seen = Set<Int>()
        for start in thin where seen.insert(start).inserted {
            var group: [Int] = []
            var stack = [start]
            while let number = stack.popLast() {
                group.append(number)
                for other in near[number, default: []] where seen.insert(other).inserted { stack.append(other) }
            }
            groups.append(group)
        }
        return groups
    }

    /// Whether a tile's most common grey is within a step of a tone.
    private func isAlike(_ index: Int, _ tone: Tone) -> Bool {
        abs(Int(grid.tiles[index].level) - tone.level) <= Tone.step
    }

    /// Tiles of the box around some.
    private func extent(_ tiles: [Int]) -> (width: Int, height: Int) {
        let (across, down) = (tiles.map { $0 % grid.columns }, tiles.map { $0 / grid.columns })
        return ((across.max() ?? 0) - (across.min() ?? 0) + 1, (down.max() ?? 0) - (down.min() ?? 0) + 1)
    }

    /// Of a middle grey, a few tiles or hardly as thick as two, with nothing dark on it and no more of the same tone beside
    /// it, as there is between letters.
    private func isThin(_ tone: Tone) -> Bool {
        guard tone.level >= Tone.dark, tone.darker == 0 else { return false }
        // Light on dark is no paler than dark on light.
        guard tone.level < (isOnDark(tone) ? Tone.white : Tone.pale) else { return false }
        if !tone.isSmall {
            // Of the tiles of what is thick a quarter are inside it at least.
            guard 4 * tone.members.count(where: isInside) < tone.members.count else { return false }
            guard thickness(tone) < Self.thick, standsOut(tone) else { return false }
        }
        var isThin = true
        for index in tone.members {
            grid.neighbours(index, diagonal: true) { next in
                let isDarker = Int(grid.tiles[next].darkest) <= tone.level - 40
                if isAlike(next, tone), !isTone[next], isDarker { isThin = false }
            }
        }
        return isThin
    }

    /// Whether it is a square, a disc or the like, and too thick for a stroke.
    private func isCompact(_ tone: Tone) -> Bool {
        let pieces = grid.pieces(tone.members[0], of: tone.level)
        guard let piece = pieces.max(by: { $0.width * $0.height < $1.width * $1.height }), piece.isWhole else {
            return false
        }
        let (longer, shorter) = (max(piece.width, piece.height), min(piece.width, piece.height))
        return piece.share >= 0.6 && shorter >= TileGrid.width && longer <= 3 * shorter
    }

    /// Whether it is a piece of a stroke, such as where two of a letter meet: as thin as one, or more of the tone lies in the
    /// tiles around those beside it; and no area of the tone is there.
    private func isOfStroke(_ tone: Tone, _ thin: Set<Int>) -> Bool {
        guard !isByArea(tone, thin) else { return false }
        guard thickness(tone) >= Self.stroke else { return true }
        var near = Set(tone.members)
        var far = Set<Int>()
        for index in tone.members {
            grid.around(index, across: 1, down: 1) { near.insert($0) }
            grid.around(index, across: 2, down: 2) { far.insert($0) }
        }
        return far.subtracting(near).reduce(0) { $0 + grid.pixels($1, of: tone.level) } >= 3 * grid.height
    }

    /// Whether an area of the tone is near, as on a map: no tile of it is among `thin`.
    private func isByArea(_ tone: Tone, _ thin: Set<Int>) -> Bool {
        var isByArea = false
        for index in tone.members {
            grid.around(index, across: 6, down: 6) { near in
                if isTone[near], !thin.contains(near), isAlike(near, tone) { isByArea = true }
            }
        }
        return isByArea
    }

    /// In pixels of a line, how thick it is where it is thin: where strokes meet they are thick both ways. Something light in
    /// it makes it thin as well, so that of such a one half counts.
    private func thickness(_ tone: Tone) -> Int {
        let all = tone.members.compactMap { grid.thickness($0, of: tone.level) }.sorted()
        return all.isEmpty ? .max : all[all.count / (tone.lighter > 0 ? 2 : 3)]
    }

    /// Whether more of what is beside it is darker than lighter.
    private func isOnDark(_ tone: Tone) -> Bool {
        var darker = 0
        for index in tone.members {
            grid.neighbours(index, diagonal: true) { next in
                let level = Int(grid.tiles[next].level)
                if level < tone.level - Tone.step { darker += 1 } else if level > tone.level + Tone.step { darker -= 1 }
            }
        }
        return darker > 0
    }

    /// Whether two thirds of what is beside it, and isn't more of it, are much lighter or much darker, or the white that it
    /// lies on: a headline's letters lie on one ground, the roads of a map on many.
    private func standsOut(_ tone: Tone) -> Bool {
        var (all, clear) = (0, 0)
        let isOnDark = isOnDark(tone)
        for index in tone.members {
            grid.neighbours(index, diagonal: true) { next in
                let level = Int(grid.tiles[next].level)
                let contrast = abs(level - tone.level)
                guard contrast > Tone.step else { return }
                all += 1
                if contrast >= 56 || !isOnDark && level >= Tone.white { clear += 1 }
            }
        }
        return 3 * clear >= 2 * all
    }

    /// Tiles of a badge or a button at most.
    private static let badge = 200
    /// Tiles that a mark goes on for at most.
    private static let mark = 3
    /// Tiles of a letter at most.
    private static let letter = 64
    /// From this level on what is long and by itself is no stroke but an empty bar.
    private static let emptyBar = 184
    /// Pixels that a stroke of ordinary letters has at most.
    private static let stroke = 12
    /// Pixels: as thick as the letters of 60 points are in bold.
    private static let thick = 24
}
