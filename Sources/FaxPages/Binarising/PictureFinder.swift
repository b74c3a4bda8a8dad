/// Finds photographs: places full of grain and of many greys, none of which is the paper that the others are written on.
struct PictureFinder {
    private(set) var rectangles: [TileRectangle] = []
    private let grid: TileGrid
    /// The tone that most of the page has.
    private let paper: Int

    init(_ grid: TileGrid) {
        self.grid = grid
        paper = Self.paperLevel(grid)
        var seen = grid.tiles.map { $0.isWhite || $0.grain < Self.grain }
        for start in grid.tiles.indices where !seen[start] {
            let members = component(start, &seen, gap: 2)
            guard members.count >= Self.smallest else { continue }
            let box = Self.box(members, grid.columns)
            guard 4 * members.count >= box.count, isRough(members), hasManyGreys(members) else { continue }
            add(grown(box))
        }
        findSmooth()
    }

    private mutating func add(_ rectangle: TileRectangle) {
        if !rectangles.contains(rectangle) { rectangles.append(rectangle) }
    }

    /// Large pictures with little grain, such as a sky: many tones that flow into each other, as no drawn background has
    /// them without a trace of grain, and hardly anything written on them.
    private mutating func findSmooth() {
        var seen = grid.tiles.map { $0.level >= 232 || abs(Int($0.level) - paper) <= 12 }
        for start in grid.tiles.indices where !seen[start] {
            let members = component(start, &seen, gap: 1)
            guard members.count >= Self.largeEnough else { continue }
            let box = Self.box(members, grid.columns)
            let levels = members.map { grid.tiles[$0].level }.sorted()
            let grains = members.map { grid.tiles[$0].grain }.sorted()
            let written = members.count { grid.tiles[$0].span >= 70 && grid.tiles[$0].flatness >= 80 }
            guard 2 * members.count >= box.count, grains[grains.count / 2] >= 3, 100 * written < 15 * members.count,
                levels[levels.count * 19 / 20] - levels[levels.count / 20] >= 40
            else { continue }
            add(grown(box))
        }
    }

    /// Tiles at most `gap` apart that nobody has seen yet.
    private func component(_ start: Int, _ seen: inout [Bool], gap: Int) -> [Int] {
        var members: [Int] = []
        var stack = [start]
        seen[start] = true
        while let index = stack.popLast() {
            members.append(index)
            grid.around(index, across: gap, down: gap) { next in
                guard !seen[next] else { return }
                seen[next] = true
                stack.append(next)
            }
        }
        return members
    }

    private static func box(_ members: [Int], _ columns: Int) -> TileRectangle {
        var box = TileRectangle(left: .max, top: .max, right: 0, bottom: 0)
        for index in members {
            let (x, y) = (index % columns, index / columns)
            box = TileRectangle(
                left: min(box.left, x), top: min(box.top, y), right: max(box.right, x), bottom: max(box.bottom, y))
        }
        return box
    }

    private func isRough(_ members: [Int]) -> Bool {
        2 * members.count { !grid.tiles[$0].isDrawn } > members.count
    }

    /// Writing has its paper, and mostly its ink; a photograph has neither.
    private func hasManyGreys(_ members: [Int]) -> Bool {
        var counts = [Int](repeating: 0, count: 32)
        for index in members {
            guard let own = grid.histogram(index) else { continue }
            for (step, count) in own.enumerated() { counts[step] += Int(count) }
        }
        let total = counts.reduce(0, +)
        func take() -> (step: Int, share: Int) {
            var best = (step: 0, sum: -1)
            for step in 0..<32 {
                let sum = counts[max(0, step - 1)...min(31, step + 1)].reduce(0, +)
                if sum > best.sum { best = (step, sum) }
            }
            for step in max(0, best.step - 1)...min(31, best.step + 1) { counts[step] = 0 }
            return (best.step, 100 * best.sum / max(1, total))
        }
        let (first, second) = (take(), take())
        if first.share >= (first.step >= 26 ? 48 : 64) { return false }
        return first.share + second.share < 74 || abs(first.step - second.step) < 12
    }

    /// A photograph's smooth parts go on where its grainy parts end: the box grows while a side of it lies in tones.
    private func grown(_ box: TileRectangle) -> TileRectangle {
        var box = box
        func isPicture(_ column: Int, _ line: Int) -> Bool {
            let tile = grid[column, line]
            return tile.level < 240 && abs(Int(tile.level) - paper) > 12 && tile.grain >= 2
        }
        func isMostly(_ columns: ClosedRange<Int>, _ lines: ClosedRange<Int>) -> Bool {
            let all = lines.flatMap { line in columns.map { isPicture($0, line) } }
            return all.count { $0 } * 4 >= all.count * 3
        }
        var isGrowing = true
        while isGrowing {
            let before = box
            let (columns, lines) = (box.left...box.right, box.top...box.bottom)
            if box.left > 0, isMostly(box.left - 1...box.left - 1, lines) { box.left -= 1 }
            if box.right < grid.columns - 1, isMostly(box.right + 1...box.right + 1, lines) { box.right += 1 }
            if box.top > 0, isMostly(columns, box.top - 1...box.top - 1) { box.top -= 1 }
            if box.bottom < grid.lines - 1, isMostly(columns, box.bottom + 1...box.bottom + 1) { box.bottom += 1 }
            isGrowing = box != before
        }
        // The border tiles are partly picture, partly paper.
        return TileRectangle(
            left: max(0, box.left - 1), top: max(0, box.top - 1), right: min(grid.columns - 1, box.right + 1),
            bottom: min(grid.lines - 1, box.bottom + 1))
    }

    /// What most flat tiles are; grainy ones count where they are light, as a scan's paper is.
    private static func paperLevel(_ grid: TileGrid) -> Int {
        var counts = [Int](repeating: 0, count: 32)
        for tile in grid.tiles where tile.flatness >= 160 && (tile.grain < grain || tile.level >= 200) {
            counts[Int(tile.level >> 3)] += 1
        }
        return (counts.indices.max { counts[$0] < counts[$1] } ?? 31) * 8
    }

    /// In 256ths of a tile.
    private static let grain = 40
    /// Tiles.
    private static let smallest = 12
    private static let largeEnough = 200
}
