import FaxModel

/// Thin structures in some lines of tiles, dark and light, and what they lie on.
struct Strokes {
    /// The page's row that the first row here is.
    let firstRow: Int
    /// The page without what is thin and dark.
    private let paper: [UInt8]
    /// The page without what is thin and light.
    private let ground: [UInt8]
    private let grey: [UInt8]
    /// The greatest contrast near each pixel.
    private let ink: [UInt8]
    private let chalk: [UInt8]
    /// In rows how tall each pale stroke beside something light and thin is where it lies; 0 for what is none.
    private let paleHeights: [UInt8]
    /// In rows how tall letters are at most that need all their rows to be read.
    private let letter: Int
    /// Of so many rows one has the pale strokes that are no letters.
    private let palePeriod: Int
    private let pageWidth: Int
    /// Of the strongest contrast around, in hundredths, what a hairline must have.
    private let hairline: Int
    /// A contrast below this is no stroke.
    private let least: UInt8

    init(_ page: GreyPage, lines: Range<Int>, _ grid: TileGrid, _ resolution: Resolution, noise: Int) {
        // `aside` follows a line that rises by a third of the way that it goes right.
        let (reach, near, aside) =
            switch resolution {
            case .standard: (3, 1, 6)
            case .fine: (6, 3, 3)
            case .superfine: (12, 5, 2)
            }
        let first = max(0, lines.lowerBound * grid.height - 2 * reach - near)
        let end = min(page.rows, lines.upperBound * grid.height + 2 * reach + near)
        firstRow = first
        let shape = GreyMorphology(width: page.width, rows: end - first)
        grey = Array(page.pixels[first * page.width..<end * page.width])
        paper = shape.closing(grey, across: 6, down: reach)
        ground = shape.opening(grey, across: 6, down: reach)
        var contrasts = Self.difference(paper, grey)
        ink = shape.filtered(contrasts, 3, near, isMaximum: true)
        chalk = shape.filtered(Self.difference(grey, ground), 3, near, isMaximum: true)
        pageWidth = page.width
        hairline = Self.hairline(resolution)
        least = UInt8(min(120, 22 + noise))
        // Eight millimetres: the capitals of 32 points.
        letter = resolution.linesPerInch * 80 / 254
        palePeriod = resolution == .standard ? 4 : 2
        Self.markPale(&contrasts, ink, chalk, least)
        shape.measureHeights(&contrasts, aside: aside, limit: UInt8(letter))
        paleHeights = contrasts
    }

    /// Contrasts become marks: 255 for strokes that have less than half the contrast of black on white and are beside
    /// something light and thin, 0 for all else.
    private static func markPale(_ contrasts: inout [UInt8], _ ink: [UInt8], _ chalk: [UInt8], _ least: UInt8) {
        contrasts.withUnsafeMutableBufferPointer { contrasts in
            ink.withUnsafeBufferPointer { ink in
                chalk.withUnsafeBufferPointer { chalk in
                    var index = 0
                    while index < ink.count {
                        // Most of a page has no strokes.
                        if index + 8 <= ink.count, let base = contrasts.baseAddress, Octets.load(base + index) == 0 {
                            index += 8
                            continue
                        }
                        let most = ink[index]
                        let isStroke = Int(contrasts[index]) * 10 > Int(most) * 4
                        let isPale = most < 128 && most >= least && chalk[index] >= least
                        contrasts[index] = isStroke && isPale ? 255 : 0
                        index += 1
                    }
                }
            }
        }
    }

    private static func difference(_ a: [UInt8], _ b: [UInt8]) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: a.count) { out, count in
            a.withUnsafeBufferPointer { a in
                b.withUnsafeBufferPointer { b in
                    // Where a window is cut short a closing may be darker than the page.
                    for index in 0..<a.count { out[index] = max(a[index], b[index]) &- b[index] }
                }
            }
            count = a.count
        }
    }

    /// How a tile's pixels in one row become black.
    struct Rule {
        var treatment: RegionMap.Treatment
        /// The tone that they lie on.
        var level: UInt8
        /// Greys of the paper below which it is black here, strokes or not.
        var limit: UInt8

        /// `screen` is what `LineScreen` has for the row.
        init(_ map: RegionMap, _ tile: Int, screen: UInt8) {
            (treatment, level) = (map.treatments[tile], map.levels[tile])
            let (ground, solid) = (Int(map.grounds[tile]), map.solids[tile])
            limit =
                switch treatment {
                // What is darker than the tone that goes and no stroke is kept as a tint beside it.
                case .onLight: max(solid, UInt8(ground * max(128, min(200, Int(screen))) / 255))
                case .onDark: UInt8((Int(level) + ground) / 2)
                default: max(solid, UInt8(ground * max(Tone.dark, min(ground == 255 ? 255 : 232, Int(screen))) / 255))
                }
        }
    }

    /// Draws pixels of one row; `base` is where the row begins here.
    func draw(_ rule: Rule, _ pixels: Range<Int>, from base: Int, into row: UnsafeMutablePointer<UInt8>) {
        let (level, limit) = (rule.level, rule.limit)
        let isPaleRow = (firstRow + base / pageWidth) % palePeriod == 0
        for x in pixels {
            let index = base + x
            let isBlack =
                switch rule.treatment {
                case .onLight: isInk(index, level, isPaleRow) || paper[index] < limit
                case .onDark: !isLight(index) && ground[index] < limit
                default: isInk(index, level, isPaleRow) || !isLight(index) && tone(index, level) < limit
                }
            if isBlack { row[x >> 3] |= 0x80 >> UInt8(x & 7) }
        }
    }

    /// What lies under strokes; that of a dark one which isn't darker than the tones here, such as a piece that pale lines
    /// cut off of one, is its own.
    @inline(__always)
    private func tone(_ index: Int, _ level: UInt8) -> UInt8 {
        let most = ink[index]
        guard Int(grey[index]) + 8 >= Int(level) else { return paper[index] }
        let isThin = most >= least && UInt16(paper[index] &- grey[index]) * 10 > UInt16(most) * 4
        return isThin ? grey[index] : paper[index]
    }

    /// How much of a stroke's contrast a pixel must have that is darker than the rows above and below it, in hundredths: a
    /// hairline may lie in two rows, and half of it in each.
    private static func hairline(_ resolution: Resolution) -> Int { resolution == .standard ? 15 : 25 }

    /// The greys below which such a pixel is black where any other is below `limit`, a threshold of `RegionMap`.
    static func faint(_ limit: UInt8, _ resolution: Resolution) -> UInt8 {
        // What is left from the threshold to white is so many tenths of the contrast.
        let left = 10 - RegionMap.tenths(resolution)
        return limit == 0 ? 0 : UInt8(255 - (255 - Int(limit)) * hairline(resolution) / (10 * left))
    }

    /// A dark stroke that is drawn here. Pale ones beside something light and thin, such as the edges of a map's roads, are
    /// drawn in every second row, at 98 lines in every fourth: they look grey, words stand out from among them, and T.4
    /// codes few of them. Not those that may be letters, and none vanishes that lies in one row.
    @inline(__always)
    private func isInk(_ index: Int, _ level: UInt8, _ isPaleRow: Bool) -> Bool {
        guard isDark(index, level) else { return false }
        guard !isPaleRow, Int(paleHeights[index]) > letter else { return true }
        return (index < pageWidth || paleHeights[index - pageWidth] == 0)
            && (index + pageWidth >= grey.count || paleHeights[index + pageWidth] == 0)
    }

    /// Part of a dark stroke: darker than the tones here, and more than four tenths of the strongest contrast around, or
    /// less of it as a hairline.
    @inline(__always)
    private func isDark(_ index: Int, _ level: UInt8) -> Bool {
        let most = ink[index]
        guard most >= least, Int(grey[index]) + 8 < Int(level) else { return false }
        let contrast = Int(paper[index] &- grey[index])
        if contrast * 10 > Int(most) * 4 { return true }
        // Of two rows that are alike the upper one.
        return contrast * 100 > Int(most) * hairline && contrast >= Int(least) && index >= pageWidth
            && index + pageWidth < grey.count && grey[index] < grey[index - pageWidth]
            && grey[index] <= grey[index + pageWidth]
    }

    @inline(__always)
    private func isLight(_ index: Int) -> Bool {
        let most = chalk[index]
        return most >= least && UInt16(grey[index] &- ground[index]) * 10 > UInt16(most) * 4
    }
}
