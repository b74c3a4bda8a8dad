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
        var counts = [UInt16](repeating: 0, count: 32)
        for line in 0..<lines {
            let (top, bottom) = (line * height, min(rows, line * height + height))
            for column in 0..<columns {
                let (left, right) = (column * Self.width, min(width, column * Self.width + Self.width))
                if Self.isWhite(pixels, width, left, right, top, bottom) { continue }
                for index in 0..<32 { counts[index] = 0 }
                var tile = Tile()
                var (grain, same) = (0, 0)
                (tile.darkest, tile.lightest) = (255, 0)
                counts.withUnsafeMutableBufferPointer { counts in
                    for y in top..<bottom {
                        for index in y * width + left..<y * width + right {
                            let value = pixels[index]
                            counts[Int(value >> 3)] &+= 1
                            tile.darkest = min(tile.darkest, value)
                            tile.lightest = max(tile.lightest, value)
                        }
                        for index in y * width + left + 1..<y * width + right - 1 {
                            let bend = 2 * Int(pixels[index]) - Int(pixels[index - 1]) - Int(pixels[index + 1])
                            if bend > 1 || bend < -1 { grain += 1 }
                            if pixels[index] == pixels[index - 1] { same += 1 }
                        }
                    }
                }
                let total = Int(right - left) * (bottom - top)
                let (step, share) = Self.peak(counts, total)
                tile.level = UInt8(step * 8)
                tile.flatness = share
                tile.grain = UInt16(256 * grain / total)
                tile.same = UInt16(256 * same / total)
                tile.dark = counts[0..<12].reduce(0, +)
                tile.middle = counts[12..<30].reduce(0, +)
                histogramIndex[line * columns + column] = Int32(histograms.count / 32)
                histograms += counts
                tiles[line * columns + column] = tile
            }
        }
    }

    private static func isWhite(
        _ pixels: UnsafeBufferPointer<UInt8>, _ width: Int, _ left: Int, _ right: Int, _ top: Int, _ bottom: Int
    ) -> Bool {
        let raw = UnsafeRawBufferPointer(pixels)
        guard right - left == 16 else {
            return (top..<bottom).allSatisfy { y in
                pixels[y * width + left..<y * width + right].allSatisfy { $0 == 255 }
            }
        }
        for y in top..<bottom {
            let start = y * width + left
            let both =
                raw.loadUnaligned(fromByteOffset: start, as: UInt64.self)
                & raw.loadUnaligned(fromByteOffset: start + 8, as: UInt64.self)
            if both != .max { return false }
        }
        return true
    }

    /// The most common step of 8 greys with its neighbours, and their share in 256ths.
    private static func peak(_ counts: some RandomAccessCollection<UInt16>, _ total: Int) -> (Int, UInt16) {
        var best = 0
        var most = -1
        let first = counts.startIndex
        for step in 0..<32 {
            var sum = 2 * Int(counts[counts.index(first, offsetBy: step)])
            if step > 0 { sum += Int(counts[counts.index(first, offsetBy: step - 1)]) }
            if step < 31 { sum += Int(counts[counts.index(first, offsetBy: step + 1)]) }
            if sum > most { (best, most) = (step, sum) }
        }
        let own = Int(counts[counts.index(first, offsetBy: best)])
        return (best, UInt16(256 * (most - own) / max(1, total)))
    }

    subscript(column: Int, line: Int) -> Tile { tiles[line * columns + column] }

    /// How many pixels of a tile that isn't white have a grey of each step of 8; nil for a white one.
    func histogram(_ index: Int) -> ArraySlice<UInt16>? {
        let place = Int(histogramIndex[index])
        return place < 0 ? nil : histograms[place * 32..<place * 32 + 32]
    }
}
