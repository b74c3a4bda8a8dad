import FaxModel

/// A page cut into square tiles of 16 pixels across, about 2 mm, and what is in each.
struct TileGrid {
    /// What a tile looks like by itself.
    struct Tile: Hashable {
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
        /// In what was drawn most pixels are as their neighbours, around letters too.
        var isDrawn: Bool { same >= 104 }
        var span: Int { Int(lightest) - Int(darkest) }
    }

    static let width = 16

    let columns: Int
    let lines: Int
    /// Rows of a tile.
    let height: Int
    private(set) var tiles: [Tile]
    /// Whether tiles have their `grain` and `same`: on a page that may have a picture.
    private var hasGrain = false
    let page: GreyPage

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
        self.page = page
        page.pixels.withUnsafeBufferPointer { measure($0, page.width, page.rows) }
    }

    private mutating func measure(_ pixels: UnsafeBufferPointer<UInt8>, _ width: Int, _ rows: Int) {
        guard let base = pixels.baseAddress else { return }
        var toned = 0
        var white = [Bool](repeating: true, count: columns)
        for line in 0..<lines {
            findWhite(base, line, width, rows, &white)
            for column in 0..<columns where !white[column] {
                let place = Place(column, line, height, width, rows)
                let tile = Self.writtenTile(base, place) ?? Self.tile(base, place)
                if tile.level < 240 { toned += 1 }
                tiles[line * columns + column] = tile
            }
        }
        // Writing alone has no picture in it that its grain could tell.
        guard toned >= 12 else { return }
        hasGrain = true
        for index in tiles.indices where tiles[index].darkest < 255 {
            let place = place(of: index)
            Self.measureGrain(base, place, &tiles[index])
        }
    }

    /// Where a tile lies, by its number.
    func place(of index: Int) -> Place { Place(index % columns, index / columns, height, page.width, page.rows) }

    /// Whether a tile's pixels are as their neighbours, on any page.
    func isDrawn(_ index: Int) -> Bool {
        var tile = tiles[index]
        if !hasGrain {
            page.pixels.withUnsafeBufferPointer { pixels in
                if let base = pixels.baseAddress { Self.measureGrain(base, place(of: index), &tile) }
            }
        }
        return tile.isDrawn
    }

    /// Where a tile lies on its page.
    struct Place {
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

    /// A tile of which more than half is white, as nearly all with writing are; nil for any other. Its most common grey is
    /// white, whatever the others are, and counting those by three limits is enough.
    private static func writtenTile(_ pixels: UnsafePointer<UInt8>, _ place: Place) -> Tile? {
        guard place.isWhole else { return nil }
        // A counter in each byte: at most 64 half rows are added up.
        var (under96, under240, under248): (UInt64, UInt64, UInt64) = (0, 0, 0)
        var (black, white): (UInt64, UInt64) = (0, 0)
        @inline(__always) func take(_ word: UInt64) {
            white |= Octets.zero(~word)
            guard word != .max else { return }
            under96 &+= Octets.below(96, word) >> 7
            under240 &+= Octets.below(240, word) >> 7
            under248 &+= Octets.below(248, word) >> 7
            black |= Octets.zero(word)
        }
        for y in place.top..<place.bottom {
            let row = UnsafeRawPointer(pixels + y * place.pageWidth + place.left)
            take(row.loadUnaligned(as: UInt64.self))
            take(row.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
        }
        let (dark, coloured, toned) = (Octets.sum(under96), Octets.sum(under240), Octets.sum(under248))
        let light = place.count - toned
        guard white != 0, 2 * light > place.count else { return nil }
        var tile = Tile()
        tile.darkest = black != 0 ? 0 : darkest(pixels, place)
        tile.flatness = UInt16(256 * (light + toned - coloured) / place.count)
        tile.dark = UInt16(dark)
        tile.middle = UInt16(coloured - dark)
        return tile
    }

    private static func darkest(_ pixels: UnsafePointer<UInt8>, _ place: Place) -> UInt8 {
        var darkest: UInt8 = 255
        for y in place.top..<place.bottom {
            let greys = pixels + (y * place.pageWidth + place.left)
            for x in 0..<width { darkest = min(darkest, greys[x]) }
        }
        return darkest
    }

    private static func tile(_ pixels: UnsafePointer<UInt8>, _ place: Place) -> Tile {
        var (darkest, lightest): (UInt8, UInt8) = (255, 0)
        for y in place.top..<place.bottom {
            let row = pixels + y * place.pageWidth
            for x in place.left..<place.right { (darkest, lightest) = (min(darkest, row[x]), max(lightest, row[x])) }
        }
        return withUnsafeTemporaryAllocation(of: UInt16.self, capacity: 32) { counts in
            count(pixels, place, into: counts)
            let (step, share) = peak(counts, place.count)
            var tile = Tile()
            (tile.darkest, tile.lightest) = (darkest, lightest)
            tile.level = UInt8(step * 8)
            tile.flatness = share
            tile.dark = counts[0..<12].reduce(0, &+)
            tile.middle = counts[12..<30].reduce(0, &+)
            return tile
        }
    }

    /// How many pixels have a grey of each of 32 steps.
    private static func count(
        _ pixels: UnsafePointer<UInt8>, _ place: Place, into counts: UnsafeMutableBufferPointer<UInt16>
    ) {
        counts.update(repeating: 0)
        for y in place.top..<place.bottom {
            let row = pixels + y * place.pageWidth
            for x in place.left..<place.right { counts[Int(row[x] >> 3)] &+= 1 }
        }
    }

    private static func measureGrain(_ pixels: UnsafePointer<UInt8>, _ place: Place, _ tile: inout Tile) {
        var (grain, same) = (0, 0)
        // Counters in lanes of sixteen bits, and in bytes: at most 64 half rows are added up.
        var (bends, repeats): (UInt64, UInt64) = (0, 0)
        for y in place.top..<place.bottom {
            let row = pixels + y * place.pageWidth + place.left
            guard !place.isWhole else {
                // Fourteen pixels have both neighbours in the tile: the first eight, and of the last eight those that are left.
                let (first, last) = (Octets.bends(row), Octets.bends(row + 6))
                bends &+= (first.odd >> 15) &+ (first.even >> 15) &+ (last.odd >> 31) &+ (last.even >> 31)
                repeats &+= (Octets.repeats(row) >> 7) &+ (Octets.repeats(row + 6) >> 23)
                continue
            }
            for x in 0..<max(0, place.right - place.left - 2) {
                let (before, here, after) = (Int(row[x]), Int(row[x + 1]), Int(row[x + 2]))
                grain += abs(2 * here - before - after) > 1 ? 1 : 0
                same += here == before ? 1 : 0
            }
        }
        grain += Octets.sumOfLanes(bends)
        same += Octets.sum(repeats)
        tile.grain = UInt16(256 * grain / place.count)
        tile.same = UInt16(256 * same / place.count)
    }

    /// Which tiles of a line are white all over; row by row, as the page lies in memory.
    private func findWhite(
        _ pixels: UnsafePointer<UInt8>, _ line: Int, _ width: Int, _ rows: Int, _ white: inout [Bool]
    ) {
        let whole = width / Self.width
        white.withUnsafeMutableBufferPointer { white in
            withUnsafeTemporaryAllocation(of: UInt64.self, capacity: columns) { common in
                common.initialize(repeating: .max)
                for y in line * height..<min(rows, (line + 1) * height) where !page.knownWhite[y] {
                    let row = UnsafeRawPointer(pixels + y * width)
                    for column in 0..<whole {
                        common[column] &=
                            row.loadUnaligned(fromByteOffset: column * Self.width, as: UInt64.self)
                            & row.loadUnaligned(fromByteOffset: column * Self.width + 8, as: UInt64.self)
                    }
                    for x in whole * Self.width..<width where pixels[y * width + x] != 255 { common[whole] = 0 }
                }
                for column in 0..<columns { white[column] = common[column] == .max }
            }
        }
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

    /// A tile and those up to so many tiles away from it, line by line.
    func around(_ index: Int, across: Int, down: Int, _ body: (Int) -> Void) {
        let (x, y) = (index % columns, index / columns)
        for line in max(0, y - down)...min(lines - 1, y + down) {
            for column in max(0, x - across)...min(columns - 1, x + across) { body(line * columns + column) }
        }
    }

    /// The tiles beside a tile, those that touch its corners too if wanted.
    func neighbours(_ index: Int, diagonal: Bool = false, _ body: (Int) -> Void) {
        let (x, y) = (index % columns, index / columns)
        for dy in -1...1 {
            for dx in -1...1 where (dx != 0 || dy != 0) && (diagonal || dx == 0 || dy == 0) {
                let (column, line) = (x + dx, y + dy)
                if column >= 0, column < columns, line >= 0, line < lines { body(line * columns + column) }
            }
        }
    }

    /// Pixels of a tile whose grey is within one step of a tone.
    func pixels(_ index: Int, of level: Int) -> Int {
        let steps = max(0, level / 8 - 1)...min(31, level / 8 + 1)
        return histogram(index)?[steps].reduce(0) { $0 + Int($1) } ?? 0
    }

    /// How many pixels of a tile that isn't white have a grey of each step of 8; nil for a white one.
    func histogram(_ index: Int) -> [UInt16]? {
        guard tiles[index].darkest < 255 else { return nil }
        let place = place(of: index)
        return [UInt16](unsafeUninitializedCapacity: 32) { counts, count in
            page.pixels.withUnsafeBufferPointer { pixels in
                if let base = pixels.baseAddress {
                    Self.count(base, place, into: UnsafeMutableBufferPointer(rebasing: counts[0..<32]))
                }
            }
            count = 32
        }
    }
}
