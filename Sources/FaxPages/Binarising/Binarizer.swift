package import FaxModel

/// Grey to black and white, the same for the same page on every run.
///
/// Text and lines are crisp, backgrounds and shades go or become what codes well, photographs are halftoned: what a
/// place is is decided by what is around it (`RegionMap`).
package struct Binarizer: Sendable {
    private let resolution: Resolution
    private let quality: PageQuality

    package init(_ resolution: Resolution, _ quality: PageQuality = .auto) {
        self.resolution = resolution
        self.quality = quality
    }

    /// The page in black and white.
    package func bits(of page: GreyPage) -> PageBits {
        let grid = TileGrid(page, resolution)
        let map = RegionMap(grid, resolution, quality)
        var bits = PageBits(width: page.width, rows: page.rows)
        threshold(page, map, grid.height, into: &bits)
        if !map.isPlain {
            RegionDrawing(page: page, grid: grid, map: map, resolution: resolution, quality: quality).draw(into: &bits)
        }
        keepDecodable(&bits)
        return bits
    }

    /// A line whose first pixel is black and of which no two neighbours are alike has one run more than pixels, for which
    /// libtiff's T.4 decoder has no room (tif_fax3.c, `Fax3SetupState`): its first pixel becomes white.
    private func keepDecodable(_ bits: inout PageBits) {
        let bytesPerRow = bits.bytesPerRow
        for y in 0..<bits.rows where bits.bytes[y * bytesPerRow] == 0xAA {
            if (1..<bits.width).allSatisfy({ bits.isBlack(x: $0, y: y) == ($0 % 2 == 0) }) {
                bits.bytes[y * bytesPerRow] = 0x2A
            }
        }
    }

    /// Dark on white: a threshold for each tile, and a lower one for hairlines.
    private func threshold(_ page: GreyPage, _ map: RegionMap, _ height: Int, into bits: inout PageBits) {
        let (width, bytesPerRow) = (page.width, bits.bytesPerRow)
        let faint = (0...255).map { Strokes.faint(UInt8($0), resolution) }
        page.pixels.withUnsafeBufferPointer { grey in
            bits.bytes.withUnsafeMutableBufferPointer { out in
                guard let grey = grey.baseAddress, let out = out.baseAddress else { return }
                for line in 0..<map.lines {
                    let first = line * map.columns
                    let columns = (0..<map.columns).filter { map.treatments[first + $0].isThreshold }
                    // Row by row, as the page lies in memory.
                    for y in line * height..<min(page.rows, (line + 1) * height) where !page.knownWhite[y] {
                        let isInside = y > 0 && y < page.rows - 1
                        for column in columns {
                            let limit = map.levels[first + column]
                            let left = column * TileGrid.width
                            let (from, to) = (grey + (y * width + left), out + (y * bytesPerRow + left / 8))
                            if left + TileGrid.width <= width {
                                let lower = isInside ? faint[Int(limit)] : limit
                                to[0] = Self.octet(from, limit, lower, width)
                                to[1] = Self.octet(from + 8, limit, lower, width)
                            } else {
                                for x in 0..<width - left where from[x] < limit { to[x / 8] |= 0x80 >> UInt8(x % 8) }
                            }
                        }
                    }
                }
            }
        }
    }

    /// Eight pixels; those under the limit are black, and those under `faint` that are darker than the
    /// rows above and below.
    @inline(__always)
    private static func octet(_ grey: UnsafePointer<UInt8>, _ limit: UInt8, _ faint: UInt8, _ width: Int) -> UInt8 {
        let pixels = Octets.load(grey)
        guard pixels != .max else { return 0 }
        var black = Octets.below(limit, pixels)
        let thin = Octets.below(faint, pixels) & ~black
        if thin != 0 {
            // Of two rows that are alike the upper one.
            let isLighterBelow = ~Octets.less(Octets.load(grey + width), pixels)
            black |= thin & Octets.less(pixels, Octets.load(grey - width)) & isLighterBelow
        }
        // One bit in each byte, brought together in the highest one, the first pixel's on the left.
        return UInt8(truncatingIfNeeded: ((black >> 7) &* 0x8040_2010_0804_0201) >> 56)
    }
}
