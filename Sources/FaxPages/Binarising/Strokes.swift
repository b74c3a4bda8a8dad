import FaxModel

/// Thin structures in some lines of tiles, dark and light, and what they lie on.
struct Strokes {
    /// The page's row that the first row here is.
    let firstRow: Int
    /// The page without what is thin and dark.
    let paper: [UInt8]
    /// The page without what is thin and light.
    private let ground: [UInt8]
    private let grey: [UInt8]
    /// The greatest contrast near each pixel.
    private let ink: [UInt8]
    private let chalk: [UInt8]
    /// A contrast below this is no stroke.
    private let least: UInt8

    init(_ page: GreyPage, lines: Range<Int>, _ grid: TileGrid, _ resolution: Resolution, noise: Int) {
        let (reach, near) =
            switch resolution {
            case .standard: (3, 1)
            case .fine: (6, 3)
            case .superfine: (12, 5)
            }
        let first = max(0, lines.lowerBound * grid.height - 2 * reach - near)
        let end = min(page.rows, lines.upperBound * grid.height + 2 * reach + near)
        firstRow = first
        let shape = GreyMorphology(width: page.width, rows: end - first)
        grey = Array(page.pixels[first * page.width..<end * page.width])
        paper = shape.closing(grey, across: 6, down: reach)
        ground = shape.opening(grey, across: 6, down: reach)
        ink = shape.filtered(Self.difference(paper, grey), 3, near, isMaximum: true)
        chalk = shape.filtered(Self.difference(grey, ground), 3, near, isMaximum: true)
        least = UInt8(min(120, 22 + noise))
    }

    private static func difference(_ a: [UInt8], _ b: [UInt8]) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: a.count) { out, count in
            a.withUnsafeBufferPointer { a in
                b.withUnsafeBufferPointer { b in
                    for index in 0..<a.count { out[index] = a[index] &- b[index] }
                }
            }
            count = a.count
        }
    }

    /// Draws pixels of one row; `base` is where the row begins here, `level` the tone that they lie on.
    func draw(
        _ treatment: RegionMap.Treatment, _ level: UInt8, _ pixels: Range<Int>, from base: Int,
        into row: UnsafeMutablePointer<UInt8>
    ) {
        let solid = level / 2
        let open = UInt8((Int(level) + 255) / 2)
        for x in pixels {
            let mask: UInt8 = 0x80 >> UInt8(x & 7)
            switch treatment {
            case .onLight: if isDark(base + x) || paper[base + x] < solid { row[x >> 3] |= mask }
            case .onDark: if !isLight(base + x), ground[base + x] < open { row[x >> 3] |= mask }
            default:
                if isDark(base + x) {
                    row[x >> 3] |= mask
                } else if isLight(base + x) {
                    row[x >> 3] &= ~mask
                }
            }
        }
    }

    /// Part of a dark stroke: more than four tenths of the strongest contrast around.
    @inline(__always)
    private func isDark(_ index: Int) -> Bool {
        let most = ink[index]
        return most >= least && UInt16(paper[index] &- grey[index]) * 10 > UInt16(most) * 4
    }

    @inline(__always)
    private func isLight(_ index: Int) -> Bool {
        let most = chalk[index]
        return most >= least && UInt16(grey[index] &- ground[index]) * 10 > UInt16(most) * 4
    }
}
