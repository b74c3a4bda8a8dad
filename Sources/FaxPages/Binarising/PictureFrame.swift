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
                if let fill = fill(column - 1, line) { clear(fill, (top..<bottom).map { (left, $0) }, 1, 0) }
                if let fill = fill(column + 1, line) { clear(fill, (top..<bottom).map { (right - 1, $0) }, -1, 0) }
                if let fill = fill(column, line - 1) { clear(fill, (left..<right).map { ($0, top) }, 0, 1) }
                if let fill = fill(column, line + 1) { clear(fill, (left..<right).map { ($0, bottom - 1) }, 0, -1) }
            }
        }
    }

    /// Greys that become one other.
    private struct Fill {
        let greys: ClosedRange<UInt8>
        let result: UInt8
    }

    /// Tiles that a border is wide at most.
    private static let depth = 3

    /// What a tile beside a picture has, if hardly anything else is in it, and it becomes black or white and isn't white yet.
    private func fill(_ column: Int, _ line: Int) -> Fill? {
        guard (0..<map.columns).contains(column), (0..<map.lines).contains(line) else { return nil }
        let tile = grid[column, line]
        guard tile.flatness >= 200, tile.level < 248 else { return nil }
        // A tile's level is rounded down.
        let greys = UInt8(max(0, Int(tile.level) - 4))...UInt8(min(255, Int(tile.level) + 11))
        switch map.treatments[line * map.columns + column] {
        case .onDark: return Fill(greys: greys, result: 0)
        case .onLight: return Fill(greys: greys, result: 255)
        default: return nil
        }
    }

    /// As far as the tone goes from some pixels on, and from none farther than from most: a picture may begin with it.
    private mutating func clear(_ fill: Fill, _ edge: [(x: Int, y: Int)], _ across: Int, _ down: Int) {
        let most = Self.depth * (across != 0 ? TileGrid.width : grid.height)
        let depths = edge.map { place in
            (0..<most).first { step in
                let (x, y) = (place.x + step * across, place.y + step * down)
                guard (0..<page.width).contains(x), (0..<page.rows).contains(y) else { return true }
                let grey = page.pixels[y * page.width + x]
                // Another side may have been here before.
                return !fill.greys.contains(grey) && grey != fill.result
            } ?? most
        }
        let usual = depths.sorted()[depths.count / 2]
        for (place, depth) in zip(edge, depths) {
            for step in 0..<min(depth, usual) {
                page.pixels[(place.y + step * down) * page.width + place.x + step * across] = fill.result
            }
        }
    }
}
