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
                for line in 0..<map.lines {
                    for column in 0..<map.columns where map.treatments[line * map.columns + column] == .plain {
                        let limit = map.levels[line * map.columns + column]
                        let (left, right) = (column * TileGrid.width, min(width, (column + 1) * TileGrid.width))
                        for y in line * height..<min(page.rows, (line + 1) * height) {
                            var x = left
                            while x < right {
                                if right - x >= 8 {
                                    out[(y * bytesPerRow) + (x >> 3)] = Self.octet(grey, y * width + x, limit)
                                    x += 8
                                    continue
                                }
                                var octet: UInt8 = 0
                                let start = y * width + x
                                for offset in 0..<min(8, right - x) where grey[start + offset] < limit {
                                    octet |= 0x80 >> UInt8(offset)
                                }
                                out[y * bytesPerRow + x >> 3] = octet
                                x += 8
                            }
                        }
                    }
                }
            }
        }
    }

    /// Eight pixels at once; those under the limit are black.
    @inline(__always)
    private static func octet(_ grey: UnsafeBufferPointer<UInt8>, _ start: Int, _ limit: UInt8) -> UInt8 {
        let pixels = UnsafeRawBufferPointer(grey).loadUnaligned(fromByteOffset: start, as: SIMD8<UInt8>.self)
        let black = SIMD8<UInt8>(repeating: 0).replacing(with: 255, where: pixels .< limit)
        let bytes = unsafeBitCast(black, to: UInt64.self)
        guard bytes != 0 else { return 0 }
        // A bit of its own in each byte, and the sum of all bytes in the highest one.
        return UInt8(((bytes & places) &* 0x0101_0101_0101_0101) >> 56)
    }

    /// The first pixel's bit in the lowest byte.
    private static let places: UInt64 = 0x0102_0408_1020_4080
}
