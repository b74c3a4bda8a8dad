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
    /// Small, with white paper all around.
    var isAlone = false

    /// What is lighter on it is there to be read.
    var isRead: Bool { hasLightLetters || isAlone }
    /// Fewer tiles than a background has.
    var isSmall: Bool { members.count < 4 }

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
        guard 72..<224 ~= tone.level else { return tone }
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
            let (count, rows) = light.reduce((0, 0)) { ($0.0 + $1.count, $0.1 + $1.rows) }
            // Of a row of small letters a tile has more than one stroke; of roads and other lines it has one.
            tone.hasLightLetters = count >= 4 * grid.height && 5 * count >= 6 * rows
            // Lines that part a small table or a pie are in more of its tiles than a number is.
            let isNumber = members.count <= Self.number || 2 * tone.lighter <= members.count
            tone.isAlone = tone.darker == 0 && isNumber && isAlone(members)
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

    private func isAlone(_ members: [Int]) -> Bool {
        guard members.count <= Self.badge else { return false }
        let own = Set(members)
        return members.allSatisfy { index in
            var isAlone = true
            grid.around(index, across: 2, down: 2) { next in
                if !own.contains(next), grid.tiles[next].level < Tone.white { isAlone = false }
            }
            return isAlone
        }
    }

    /// Thin tones near each other that are one shade are strokes if they go on for long, and else a mark.
    private mutating func tellThin() {
        var owners = [Int?](repeating: nil, count: grid.tiles.count)
        for number in all.indices where isThin(all[number]) {
            for index in all[number].members { owners[index] = number }
        }
        var seen = Set<Int>()
        for start in all.indices where owners[all[start].members[0]] == start && !seen.contains(start) {
            var group: [Int] = []
            var stack = [start]
            seen.insert(start)
            while let number = stack.popLast() {
                group.append(number)
                for index in all[number].members {
                    grid.around(index, across: 2, down: 1) { near in
                        guard let other = owners[near], !seen.contains(other),
                            abs(all[other].level - all[number].level) <= Tone.step
                        else { return }
                        seen.insert(other)
                        stack.append(other)
                    }
                }
            }
            let tiles = group.flatMap { all[$0].members }
            let (across, down) = (tiles.map { $0 % grid.columns }, tiles.map { $0 / grid.columns })
            let extent = max(
                (across.max() ?? 0) - (across.min() ?? 0), (down.max() ?? 0) - (down.min() ?? 0))
            for number in group {
                if extent >= Self.long {
                    let isClear = all[number].level < Self.pale || isOnDark(all[number])
                    if isClear, standsOut(all[number]) { all[number].kind = .solid }
                } else if all[number].lighter == 0 || !all[number].isRead && isAlone(all[number].members) {
                    all[number].kind = .mark
                }
            }
        }
    }

    /// Of a middle grey, a few tiles or hardly as thick as two, with nothing dark on it and no more of the same tone beside
    /// it, as there is between letters.
    private func isThin(_ tone: Tone) -> Bool {
        guard tone.level >= 72, tone.darker == 0 else { return false }
        // Light on dark is no paler than dark on light.
        let limit = isOnDark(tone) ? Tone.white : tone.isSmall ? 224 : Self.pale
        guard tone.level < limit else { return false }
        if !tone.isSmall {
            let thick = tone.members.compactMap { grid.thickness($0, of: tone.level) }.sorted()
            guard !thick.isEmpty, thick[thick.count / 2] < Self.thick, standsOut(tone) else { return false }
        }
        var isThin = true
        for index in tone.members {
            grid.neighbours(index, diagonal: true) { next in
                let tile = grid.tiles[next]
                let isAlike = abs(Int(tile.level) - tone.level) <= Tone.step
                if isAlike, !isTone[next], Int(tile.darkest) <= tone.level - 40 { isThin = false }
            }
        }
        return isThin
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

    /// Whether two thirds of what is beside it, and isn't more of it, are much lighter or much darker: a headline's letters
    /// lie on one ground, the roads of a map on many.
    private func standsOut(_ tone: Tone) -> Bool {
        var (all, clear) = (0, 0)
        for index in tone.members {
            grid.neighbours(index, diagonal: true) { next in
                let contrast = abs(Int(grid.tiles[next].level) - tone.level)
                guard contrast > Tone.step else { return }
                all += 1
                if contrast >= 56 { clear += 1 }
            }
        }
        return 3 * clear >= 2 * all
    }

    /// Tiles of a badge that a number fills.
    private static let number = 16
    /// Tiles of a badge or a button at most.
    private static let badge = 200
    /// Tiles that a mark goes on for at most.
    private static let long = 3
    /// From this level on what is long is no stroke but an empty bar.
    private static let pale = 184
    /// Pixels: as thick as the letters of 44 points are in bold.
    private static let thick = 24
}
