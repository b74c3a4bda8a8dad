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
        let map = RegionMap(grid, quality)
        var bits = PageBits(width: page.width, rows: page.rows)
        if map.isPlain {
            threshold(page, map, grid.height, into: &bits)
        } else {
            RegionDrawing(page: page, grid: grid, map: map, resolution: resolution, quality: quality).draw(into: &bits)
        }
        return bits
    }

    /// A page of dark on white: most tiles are empty, the others need a threshold each.
    private func threshold(_ page: GreyPage, _ map: RegionMap, _ height: Int, into bits: inout PageBits) {
        let (width, bytesPerRow) = (page.width, bits.bytesPerRow)
        page.pixels.withUnsafeBufferPointer { grey in
            bits.bytes.withUnsafeMutableBufferPointer { out in
                guard let grey = grey.baseAddress, let out = out.baseAddress else { return }
                for line in 0..<map.lines {
                    for column in 0..<map.columns where map.treatments[line * map.columns + column] == .plain {
                        let limit = map.levels[line * map.columns + column]
                        let (left, right) = (column * TileGrid.width, min(width, (column + 1) * TileGrid.width))
                        for y in line * height..<min(page.rows, (line + 1) * height) {
                            let (from, to) = (grey + (y * width + left), out + (y * bytesPerRow + left / 8))
                            if right - left == TileGrid.width {
                                Self.cut(from, limit, to)
                            } else {
                                for x in 0..<right - left where from[x] < limit {
                                    to[x / 8] |= 0x80 >> UInt8(x % 8)
                                }
                            }
                        }
                    }
                }
            }
        }
    }

    /// A tile's row; pixels under the limit are black.
    @inline(__always)
    private static func cut(_ grey: UnsafePointer<UInt8>, _ limit: UInt8, _ out: UnsafeMutablePointer<UInt8>) {
        let pixels = UnsafeRawPointer(grey)
        out[0] = octet(pixels.loadUnaligned(as: UInt64.self), limit)
        out[1] = octet(pixels.loadUnaligned(fromByteOffset: 8, as: UInt64.self), limit)
    }

    /// Eight pixels at once, the first of them in the lowest byte. In the registers of any machine: Swift compares
    /// vectors of unsigned bytes one by one.
    @inline(__always)
    private static func octet(_ pixels: UInt64, _ limit: UInt8) -> UInt8 {
        let (ones, tops): (UInt64, UInt64) = (0x0101_0101_0101_0101, 0x8080_8080_8080_8080)
        let limits = UInt64(limit) &* ones
        // Each byte's lower seven bits are compared by a difference that borrows from its own top bit alone.
        let isNotBelow = (pixels | tops) &- (limits & ~tops)
        let isBelow = (~pixels & limits) | (~(pixels ^ limits) & ~isNotBelow)
        let bits = (isBelow & tops) >> 7
        // One bit in each byte, brought together in the highest one, the first pixel's on the left.
        return UInt8(truncatingIfNeeded: (bits &* 0x8040_2010_0804_0201) >> 56)
    }
}
