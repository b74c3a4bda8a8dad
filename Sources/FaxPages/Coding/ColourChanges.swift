/// Where a row changes its colour: the places of the first pixel of each run but a first white one, in order.
struct ColourChanges {
    /// `count` places, then the row's width four times, so that a coder may look past the end.
    private(set) var places: [Int32]
    private(set) var count = 0
    private let width: Int

    init(width: Int) {
        self.width = width
        places = [Int32](repeating: Int32(width), count: width + 5)
    }

    /// Reads a row of `PageBits`.
    mutating func read(_ row: UnsafePointer<UInt8>, bytes: Int) {
        var found = 0
        let raw = UnsafeRawPointer(row)
        let width = Int32(width)
        places.withUnsafeMutableBufferPointer { places in
            // The pixel before each word, in the word's highest place.
            var before: UInt64 = 0
            var index = 0
            while index < bytes {
                let word: UInt64
                if index + 8 <= bytes {
                    word = UInt64(bigEndian: raw.loadUnaligned(fromByteOffset: index, as: UInt64.self))
                } else {
                    var part: UInt64 = 0
                    for place in index..<bytes { part |= UInt64(row[place]) << UInt64(56 - 8 * (place - index)) }
                    word = part
                }
                var changes = word ^ (word >> 1 | before)
                before = word << 63
                while changes != 0 {
                    let place = changes.leadingZeroBitCount
                    places[found] = Int32(index * 8 + place)
                    found += 1
                    changes &= ~(1 << UInt64(63 - place))
                }
                index += 8
            }
            while found > 0, places[found - 1] >= width { found -= 1 }
            for place in found..<found + 4 { places[place] = width }
        }
        count = found
    }
}
