import FaxModel

/// A page cut into square tiles of 16 pixels across, about 2 mm, and what is in each.
struct TileGrid {
    /// What a tile looks like by itself.
    struct Tile {
        var darkest: UInt8 = 255
        var lightest: UInt8 = 255
        /// The most common grey, rounded down to a multiple of 8.
        var level: UInt8 = 248
        /// Pixels whose grey is within one step of `level`, in 256ths.
        var flatness: UInt16 = 256
        /// Pixels darker than 96.
        var dark: UInt16 = 0
        /// Pixels from 96 to 239.
        var middle: UInt16 = 0

        /// Pixels that are no straight continuation of their neighbours, in 256ths: none in fills and gradients, many in
        /// photographs, scans and letters.
        var grain: UInt16 = 0
        /// Pixels that are exactly as their left neighbours, in 256ths: most of a drawn page, few of a photograph.
        var same: UInt16 = 0

        var isWhite: Bool { darkest >= 248 }
        var span: Int { Int(lightest) - Int(darkest) }
    }

    static let width = 16

    let columns: Int
    let lines: Int
    /// Rows of a tile.
    let height: Int
    private(set) var tiles: [Tile]
    /// 32 counters for each tile that isn't white; `histogramIndex` finds them.
    private var histograms: [UInt16] = []
    private var histogramIndex: [Int32]

    init(_ page: GreyPage, _ resolution: Resolution) {
        height =
            switch resolution {
            case .standard: 8
            case .fine: 16
            case .superfine: 32
            }
        columns = (page.width + Self.width - 1) / Self.width
        lines = (page.rows + height - 1) / height
        tiles = [Tile](repeating: Tile(), count: columns * lines)
        histogramIndex = [Int32](repeating: -1, count: columns * lines)
        page.pixels.withUnsafeBufferPointer { measure($0, page.width, page.rows) }
    }

    private mutating func measure(_ pixels: UnsafeBufferPointer<UInt8>, _ width: Int, _ rows: Int) {
        guard let base = pixels.baseAddress else { return }
        var toned = 0
        withUnsafeTemporaryAllocation(of: UInt16.self, capacity: 32) { counts in
            for line in 0..<lines {
                for column in 0..<columns {
                    let place = Place(column, line, height, width, rows)
                    if Self.isWhite(base, place) { continue }
                    let tile = Self.tile(base, place, counts)
                    if tile.level < 240 { toned += 1 }
                    histogramIndex[line * columns + column] = Int32(histograms.count / 32)
                    histograms.append(contentsOf: counts)
                    tiles[line * columns + column] = tile
                }
            }
        }
        // Writing alone has no picture in it that its grain could tell.
        guard toned >= 12 else { return }
        for index in tiles.indices where histogramIndex[index] >= 0 {
            let place = Place(index % columns, index / columns, height, width, rows)
            Self.measureGrain(base, place, &tiles[index])
        }
    }

    /// Where a tile lies on its page.
    private struct Place {
        let left: Int
        let right: Int
        let top: Int
        let bottom: Int
        let pageWidth: Int

        init(_ column: Int, _ line: Int, _ height: Int, _ width: Int, _ rows: Int) {
            (left, right) = (column * TileGrid.width, min(width, (column + 1) * TileGrid.width))
            (top, bottom) = (line * height, min(rows, (line + 1) * height))
            pageWidth = width
        }

        var count: Int { (right - left) * (bottom - top) }
        /// As wide as a tile can be.
        var isWhole: Bool { right - left == TileGrid.width }
    }

    private static func tile(
        _ pixels: UnsafePointer<UInt8>, _ place: Place, _ counts: UnsafeMutableBufferPointer<UInt16>
    ) -> Tile {
        counts.update(repeating: 0)
        var (darkest, lightest): (UInt8, UInt8) = (255, 0)
        for y in place.top..<place.bottom {
            let row = pixels + y * place.pageWidth
            if place.isWhole {
                let greys = row + place.left
                // Most rows of most tiles, even of those with writing.
                if isWhite(greys) {
                    counts[31] &+= 16
                    lightest = 255
                    continue
                }
                // Each by itself: the compiler makes vector code of the first.
                for x in 0..<width { (darkest, lightest) = (min(darkest, greys[x]), max(lightest, greys[x])) }
                for x in 0..<width { counts[Int(greys[x] >> 3)] &+= 1 }
                continue
            }
            for x in place.left..<place.right {
                let value = row[x]
                counts[Int(value >> 3)] &+= 1
                darkest = min(darkest, value)
                lightest = max(lightest, value)
            }
        }
        let (step, share) = peak(counts, place.count)
        var tile = Tile()
        (tile.darkest, tile.lightest) = (darkest, lightest)
        tile.level = UInt8(step * 8)
        tile.flatness = share
        tile.dark = counts[0..<12].reduce(0, &+)
        tile.middle = counts[12..<30].reduce(0, &+)
        return tile
    }

    private static func measureGrain(_ pixels: UnsafePointer<UInt8>, _ place: Place, _ tile: inout Tile) {
        // Sixteen bits and no overflow checks: the compiler makes vector code of it.
        var (grain, same): (UInt16, UInt16) = (0, 0)
        for y in place.top..<place.bottom {
            let row = pixels + y * place.pageWidth + place.left
            for x in 0..<max(0, place.right - place.left - 2) {
                let (before, here, after) = (UInt16(row[x]), UInt16(row[x &+ 1]), UInt16(row[x &+ 2]))
                let bend = here &+ here &- before &- after
                grain &+= bend &+ 1 > 2 ? 1 : 0
                same &+= here == before ? 1 : 0
            }
        }
        tile.grain = UInt16(256 * Int(grain) / place.count)
        tile.same = UInt16(256 * Int(same) / place.count)
    }

    private static func isWhite(_ pixels: UnsafePointer<UInt8>, _ place: Place) -> Bool {
        for y in place.top..<place.bottom {
            let row = pixels + y * place.pageWidth
            guard place.isWhole else {
                for x in place.left..<place.right where row[x] != 255 { return false }
                continue
            }
            if !isWhite(row + place.left) { return false }
        }
        return true
    }

    /// The row of a whole tile.
    private static func isWhite(_ greys: UnsafePointer<UInt8>) -> Bool {
        let raw = UnsafeRawPointer(greys)
        return raw.loadUnaligned(as: UInt64.self) & raw.loadUnaligned(fromByteOffset: 8, as: UInt64.self) == .max
    }

    /// The most common step of 8 greys with its neighbours, and their share in 256ths.
    private static func peak(_ counts: UnsafeMutableBufferPointer<UInt16>, _ total: Int) -> (Int, UInt16) {
        var best = 0
        var most = -1
        for step in 0..<32 {
            var sum = 2 * Int(counts[step])
            if step > 0 { sum += Int(counts[step - 1]) }
            if step < 31 { sum += Int(counts[step + 1]) }
            if sum > most { (best, most) = (step, sum) }
        }
        let own = Int(counts[best])
        return (best, UInt16(256 * (most - own) / max(1, total)))
    }

    subscript(column: Int, line: Int) -> Tile { tiles[line * columns + column] }

    /// How many pixels of a tile that isn't white have a grey of each step of 8; nil for a white one.
    func histogram(_ index: Int) -> ArraySlice<UInt16>? {
        let place = Int(histogramIndex[index])
        return place < 0 ? nil : histograms[place * 32..<place * 32 + 32]
    }
}
