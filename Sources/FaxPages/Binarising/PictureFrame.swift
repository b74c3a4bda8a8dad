/// What lies around a photograph becomes what it is elsewhere on the page: a rectangle of tiles holds some of it, which as
/// part of the picture would be a dotted border on a black background.
struct PictureFrame {
    private let grid: TileGrid
    private let map: RegionMap
    /// With that of it black or white which is so elsewhere.
    private(set) var page: GreyPage

    init(page: GreyPage, grid: TileGrid, map: RegionMap) {
        (self.page, self.grid, self.map) = (page, grid, map)
        for line in 0..<map.lines {
            for column in 0..<map.columns where map.treatments[line * map.columns + column] == .picture {
                let (left, top) = (column * TileGrid.width, line * grid.height)
                let (right, bottom) = (min(page.width, left + TileGrid.width), min(page.rows, top + grid.height))
                // From each side on which the picture ends, row by row or column by column towards its middle.
                if let tone = tone(column - 1, line) { for y in top..<bottom { clear(tone, left, y, 1, 0) } }
                if let tone = tone(column + 1, line) { for y in top..<bottom { clear(tone, right - 1, y, -1, 0) } }
                if let tone = tone(column, line - 1) { for x in left..<right { clear(tone, x, top, 0, 1) } }
                if let tone = tone(column, line + 1) { for x in left..<right { clear(tone, x, bottom - 1, 0, -1) } }
            }
        }
    }

    /// Greys that become one other.
    private struct Tone {
        let greys: ClosedRange<UInt8>
        let result: UInt8
    }

    /// Tiles that a border is wide at most.
    private static let depth = 3

    /// What a tile beside a picture has, if all of it becomes black or white and isn't white already.
    private func tone(_ column: Int, _ line: Int) -> Tone? {
        guard (0..<map.columns).contains(column), (0..<map.lines).contains(line) else { return nil }
        let tile = grid[column, line]
        guard tile.flatness >= 200, tile.level < 248 else { return nil }
        // A tile's level is rounded down.
        let greys = UInt8(max(0, Int(tile.level) - 4))...UInt8(min(255, Int(tile.level) + 11))
        switch map.treatments[line * map.columns + column] {
        case .onDark: return Tone(greys: greys, result: 0)
        case .onLight: return Tone(greys: greys, result: 255)
        default: return nil
        }
    }

    /// As far as the tone goes from a pixel on.
    private mutating func clear(_ tone: Tone, _ x: Int, _ y: Int, _ across: Int, _ down: Int) {
        var (x, y) = (x, y)
        for _ in 0..<Self.depth * (across != 0 ? TileGrid.width : grid.height) {
            guard (0..<page.width).contains(x), (0..<page.rows).contains(y) else { return }
            let grey = page.pixels[y * page.width + x]
            // Another side may have been here before.
            guard tone.greys.contains(grey) || grey == tone.result else { return }
            page.pixels[y * page.width + x] = tone.result
            (x, y) = (x + across, y + down)
        }
    }
}
