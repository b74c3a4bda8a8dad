import FaxModel
import Testing

@testable import FaxPages

@Suite("Eight pixels at a time are counted as one by one")
struct TileGridTests {
    /// Greys of all kinds side by side: few that differ, edges of the tables, and everything.
    private func page(_ width: Int = 1728, rows: Int, seed: UInt64) -> GreyPage {
        var page = GreyPage(width: width, rows: rows)
        var state = seed &* 0x9E37_79B9_7F4A_7C15 | 1
        func next() -> Int {
            state ^= state << 13
            state ^= state >> 7
            state ^= state << 17
            return Int(state >> 33)
        }
        let edges: [UInt8] = [0, 1, 95, 96, 127, 128, 239, 240, 247, 248, 254, 255]
        for index in page.pixels.indices {
            switch (index / 48) % 4 {
            case 0: page.pixels[index] = next() % 5 == 0 ? edges[next() % edges.count] : 255
            case 1: page.pixels[index] = UInt8(200 + next() % 3)
            case 2: page.pixels[index] = next() % 3 == 0 ? UInt8(next() % 256) : 255
            default: page.pixels[index] = next() % 4 == 0 ? edges[next() % edges.count] : 250
            }
        }
        return page
    }

    /// A tile by the words of `TileGrid.Tile`.
    private func plain(_ page: GreyPage, _ column: Int, _ line: Int, _ height: Int) -> TileGrid.Tile {
        let (columns, rows) = (
            column * 16..<min(page.width, column * 16 + 16), line * height..<min(page.rows, (line + 1) * height)
        )
        var tile = TileGrid.Tile()
        let greys = rows.flatMap { y in columns.map { page.pixels[y * page.width + $0] } }
        tile.darkest = greys.min() ?? 255
        tile.lightest = greys.max() ?? 255
        let counts = (0..<32).map { step in greys.count { Int($0 >> 3) == step } }
        let sums = (0..<32).map { (step: Int) -> Int in
            let (before, after) = (step > 0 ? counts[step - 1] : 0, step < 31 ? counts[step + 1] : 0)
            return 2 * counts[step] + before + after
        }
        let step = sums.firstIndex(of: sums.max() ?? 0) ?? 31
        tile.level = UInt8(step * 8)
        tile.flatness = UInt16(256 * (sums[step] - counts[step]) / greys.count)
        tile.dark = UInt16(greys.count { $0 < 96 })
        tile.middle = UInt16(greys.count { $0 >= 96 && $0 < 240 })
        var (grain, same) = (0, 0)
        for y in rows {
            for x in columns.dropFirst().dropLast() {
                let (before, here, after) = (
                    Int(page.pixels[y * page.width + x - 1]), Int(page.pixels[y * page.width + x]),
                    Int(page.pixels[y * page.width + x + 1])
                )
                grain += abs(2 * here - before - after) > 1 ? 1 : 0
                same += here == before ? 1 : 0
            }
        }
        tile.grain = UInt16(256 * grain / greys.count)
        tile.same = UInt16(256 * same / greys.count)
        return tile
    }

    @Test(
        "A tile is what its pixels say", arguments: Resolution.allCases, [(1728, 70), (1720, 33)])
    func tiles(resolution: Resolution, size: (Int, Int)) {
        for seed in 1...3 {
            let page = page(size.0, rows: size.1, seed: UInt64(seed))
            let grid = TileGrid(page, resolution)
            for line in 0..<grid.lines {
                for column in 0..<grid.columns {
                    let (own, wanted) = (grid[column, line], plain(page, column, line, grid.height))
                    // Nothing more is asked about a white one.
                    if wanted.darkest == 255, own.darkest == 255 { continue }
                    #expect(own == wanted, "column \(column), line \(line)")
                    guard own == wanted else { return }
                }
            }
        }
    }

    @Test("A threshold is met exactly, whatever the greys and the limit")
    func limits() {
        for limit in 0...255 {
            for start in stride(from: 0, to: 256, by: 8) {
                let word = (0..<8).reduce(UInt64(0)) { $0 | UInt64(start + $1) << UInt64(8 * $1) }
                let below = (0..<8).reduce(UInt64(0)) { $0 | (start + $1 < limit ? 0x80 << UInt64(8 * $1) : 0) }
                #expect(Octets.below(UInt8(limit), word) == below)
            }
        }
    }
}
