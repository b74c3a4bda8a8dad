/// The letters of the header line: 10 pixels wide and 20 rows high at 196 lines an inch, 2.6 mm.
///
/// The glyphs are those of "Fixed" (-misc-fixed-medium-r-normal--20-200-75-75-c-100-iso10646-1), which is in the
/// public domain. They are part of the program so that a line needs no font file, no renderer and no child process, and
/// comes out the same everywhere.
enum HeaderFont {
    static let width = 10
    static let height = 20

    /// The rows of one letter from the top, the leftmost of its ten pixels in bit 9; a box for one that isn't here.
    ///
    /// A letter and its mark count as one, whether they are written as one scalar or as two.
    static func glyph(_ letter: Character) -> [UInt16] {
        guard let place = place(of: letter) else { return box }
        return Array(glyphs.rows[place..<place + height])
    }

    /// Whether a letter has a picture of its own.
    static func has(_ letter: Character) -> Bool { place(of: letter) != nil }

    private static func place(of letter: Character) -> Int? {
        let scalars = letter.unicodeScalars
        let single = scalars.count == 1 ? scalars.first.flatMap { glyphs.places[$0] } : nil
        return single ?? composed[letter]
    }

    static let box: [UInt16] =
        [0, 0, 0, 0x1FE] + [UInt16](repeating: 0x102, count: 11) + [0x1FE, 0, 0, 0, 0]

    private static let glyphs = Glyphs([latin, greek, cyrillic])

    /// For letters of several scalars, and those that stand for another.
    private static let composed = Dictionary(
        glyphs.places.map { (Character($0), $1) }, uniquingKeysWith: min)

    /// Read once in each process that sends a page, so it counts: bytes, and nothing made for a single letter.
    private struct Glyphs {
        /// `height` rows for each letter.
        private(set) var rows: [UInt16] = []
        /// Where a letter's rows begin.
        private(set) var places: [Unicode.Scalar: Int] = [:]

        init(_ texts: [StaticString]) {
            rows.reserveCapacity(800 * height)
            places.reserveCapacity(800)
            for text in texts { text.withUTF8Buffer { read($0) } }
        }

        /// Each line has the code of its first letter, then a word for each letter from there on: the digit of the first
        /// row that isn't white, and two digits for each row from there to the last one, all in base 32.
        private mutating func read(_ text: UnsafeBufferPointer<UInt8>) {
            for line in text.split(separator: UInt8(ascii: "\n")) {
                var next: UInt32?
                for word in line.split(separator: UInt8(ascii: " ")) {
                    guard let code = next else {
                        next = word.reduce(0) { $0 << 4 | UInt32(Self.digit($1)) }
                        continue
                    }
                    if let scalar = Unicode.Scalar(code) { add(scalar, word) }
                    next = code + 1
                }
            }
        }

        private mutating func add(_ scalar: Unicode.Scalar, _ word: Slice<UnsafeBufferPointer<UInt8>>) {
            let place = rows.count
            places[scalar] = place
            rows.append(contentsOf: repeatElement(0, count: height))
            guard let first = word.first.map(Self.digit) else { return }
            var row = place + Int(first)
            var index = word.startIndex + 1
            while index + 1 < word.endIndex, row < rows.count {
                rows[row] = Self.digit(word[index]) << 5 | Self.digit(word[index + 1])
                (row, index) = (row + 1, index + 2)
            }
        }

        private static func digit(_ letter: UInt8) -> UInt16 {
            UInt16(letter < UInt8(ascii: "A") ? letter - UInt8(ascii: "0") : letter - UInt8(ascii: "A") + 10)
        }
    }
}
