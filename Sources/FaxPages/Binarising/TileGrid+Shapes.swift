/// What lies on the tones of a page, and how it is shaped.
extension TileGrid {
    /// Pieces of a tile's rows that are lighter (or darker) than its most common grey and have that on both sides, as strokes
    /// of letters do: up to 13 pixels wide, beginning in the tile; and how many rows have one.
    func strokes(_ index: Int, areLight: Bool) -> (count: Int, rows: Int) {
        let place = place(of: index)
        let level = Int(tiles[index].level) + 4
        let columns = max(0, place.left - 2)..<min(page.width, place.right + 14)
        var (count, rows) = (0, 0)
        page.pixels.withUnsafeBufferPointer { pixels in
            for y in place.top..<place.bottom {
                let before = count
                // Where the tone was last, and for how many pixels it goes on: one alone may be the edge of something.
                var last: Int?
                var run = 0
                var isStroke = false
                for x in columns {
                    let contrast = (Int(pixels[y * page.width + x]) - level) * (areLight ? 1 : -1)
                    guard abs(contrast) >= 24 else {
                        run += 1
                        guard run >= 2 else { continue }
                        if isStroke, let last, place.left..<place.right ~= last + 1, x - last <= 15 { count += 1 }
                        (last, isStroke) = (x, false)
                        continue
                    }
                    run = 0
                    if contrast >= 40 { isStroke = true }
                    if contrast <= -40 { (last, isStroke) = (nil, false) }
                }
                if count > before { rows += 1 }
            }
        }
        return (count, rows)
    }

    /// Connected pixels.
    struct Piece {
        /// Pixels of its box; rows as high as pixels are wide.
        let width: Int
        let height: Int
        /// How much of its box it fills.
        let share: Double
        /// Whether all of it is near the tile where it was found.
        let isWhole: Bool
    }

    /// Whether something lighter than a tone is in a tile that the tone has all around, no farther than so many tiles away, and
    /// no smaller than half a tile.
    func hasSign(_ index: Int, on level: Int, reach: Int) -> Bool {
        pieces(index, reach: reach) { Int($0) >= level + 44 }
            .contains { $0.isWhole && 2 * max($0.width, $0.height) >= Self.width }
    }

    /// What has a tone in a tile, as far as two tiles away.
    func pieces(_ index: Int, of level: Int) -> [Piece] {
        pieces(index, reach: 2) { abs(Int($0) - level - 4) <= Tone.step }
    }

    /// What is in a tile of connected pixels, as far as so many tiles away.
    private func pieces(_ index: Int, reach: Int, where isPart: (UInt8) -> Bool) -> [Piece] {
        let (left, top) = ((index % columns - reach) * Self.width, (index / columns - reach) * height)
        let (width, rows) = ((2 * reach + 1) * Self.width, (2 * reach + 1) * height)
        var pieces: [Piece] = []
        var seen = [Bool](repeating: false, count: width * rows)
        page.pixels.withUnsafeBufferPointer { pixels in
            func take(_ x: Int, _ y: Int) -> Bool {
                guard !seen[y * width + x] else { return false }
                seen[y * width + x] = true
                let (column, row) = (left + x, top + y)
                return (0..<page.width).contains(column) && (0..<page.rows).contains(row)
                    && isPart(pixels[row * page.width + column])
            }
            for y in reach * height..<(reach + 1) * height {
                for x in reach * Self.width..<(reach + 1) * Self.width where take(x, y) {
                    var stack = [(x: x, y: y)]
                    var (across, down) = (x...x, y...y)
                    var count = 0
                    while let (x, y) = stack.popLast() {
                        count += 1
                        across = min(across.lowerBound, x)...max(across.upperBound, x)
                        down = min(down.lowerBound, y)...max(down.upperBound, y)
                        if x > 0, take(x - 1, y) { stack.append((x - 1, y)) }
                        if x < width - 1, take(x + 1, y) { stack.append((x + 1, y)) }
                        if y > 0, take(x, y - 1) { stack.append((x, y - 1)) }
                        if y < rows - 1, take(x, y + 1) { stack.append((x, y + 1)) }
                    }
                    let isWhole =
                        across.lowerBound > 0 && across.upperBound < width - 1 && down.lowerBound > 0
                        && down.upperBound < rows - 1
                    pieces.append(
                        Piece(
                            width: across.count, height: down.count * Self.width / height,
                            share: Double(count) / Double(across.count * down.count), isWhole: isWhole))
                }
            }
        }
        return pieces
    }

    /// Whether a tile has pixels of a pale line: as light as `from` or lighter, on something lighter, and with nothing darker
    /// beside them, as the edges of letters have.
    func hasPale(_ index: Int, from: UInt8) -> Bool {
        let (place, width) = (place(of: index), page.width)
        guard from <= Self.palest, place.isWhole, place.left > 0, place.right < width else { return false }
        return page.pixels.withUnsafeBufferPointer { pixels in
            guard let base = pixels.baseAddress else { return false }
            /// A pixel is as dark as what is around it, but for what is much lighter on one side.
            func isLine(_ here: UnsafePointer<UInt8>) -> Bool {
                let (least, most) = (here[0] - 12, here[0] + 24)
                let (left, right, above, below) = (here[-1], here[1], here[-width], here[width])
                return left >= least && right >= least && above >= least && below >= least
                    && (left >= most || right >= most || above >= most || below >= most)
                    && here[-width - 1] >= least && here[1 - width] >= least && here[width - 1] >= least
                    && here[width + 1] >= least
            }
            var count = 0
            for y in max(1, place.top)..<min(page.rows - 1, place.bottom) {
                for half in [0, 8] {
                    let row = base + (y * width + place.left + half)
                    let greys = Octets.load(row)
                    guard greys != .max else { continue }
                    var pale = Octets.below(Self.palest + 1, greys) & ~Octets.below(from, greys)
                    while pale != 0 {
                        if isLine(row + pale.trailingZeroBitCount / 8) { count += 1 }
                        pale &= pale - 1
                    }
                }
            }
            return 2 * count >= height
        }
    }

    /// Lighter pixels are no strokes.
    static let palest: UInt8 = 230

    /// How thick what has a tone is where a tile has it: the shorter one of the runs along and down through the pixel of it
    /// that is the nearest to the tile's middle beside, above or below it, in pixels of a line, at most 48; nil where there is none.
    func thickness(_ index: Int, of level: Int) -> Int? {
        let place = place(of: index)
        let (middle, centre) = ((place.left + place.right) / 2, (place.top + place.bottom) / 2)
        return page.pixels.withUnsafeBufferPointer { pixels in
            func isTone(_ x: Int, _ y: Int) -> Bool {
                (0..<page.width).contains(x) && (0..<page.rows).contains(y)
                    && abs(Int(pixels[y * page.width + x]) - level) <= Tone.step
            }
            func run(_ x: Int, _ y: Int, _ across: Int, _ down: Int, _ most: Int) -> Int {
                var length = 1
                for way in [-1, 1] {
                    var step = way
                    while length < most, isTone(x + step * across, y + step * down) {
                        (length, step) = (length + 1, step + way)
                    }
                }
                return length
            }
            for far in 0..<8 {
                let rows = far * height / Self.width
                for (x, y) in [
                    (middle - far, centre), (middle + far, centre), (middle, centre - rows), (middle, centre + rows),
                ] where isTone(x, y) {
                    let down = run(x, y, 0, 1, 3 * height) * Self.width / height
                    return min(run(x, y, 1, 0, 3 * Self.width), down)
                }
            }
            return nil
        }
    }
}
