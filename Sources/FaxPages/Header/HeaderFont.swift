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
    static func glyph(_ letter: Character) -> [UInt16] { glyphs[letter] ?? box }

    /// Whether a letter has a picture of its own.
    static func has(_ letter: Character) -> Bool { glyphs[letter] != nil }

    static let box: [UInt16] =
        [0, 0, 0, 0x1FE] + [UInt16](repeating: 0x102, count: 11) + [0x1FE, 0, 0, 0, 0]

    private static let glyphs: [Character: [UInt16]] = {
        var table: [Character: [UInt16]] = [:]
        for text in [latin, greek, cyrillic] { read(text, into: &table) }
        return table
    }()

    /// Each line has the code of its first letter, then a word for each letter from there on: the digit of the first
    /// row that isn't white, and two digits for each row from there to the last one, all in base 32.
    private static func read(_ text: String, into table: inout [Character: [UInt16]]) {
        for line in text.split(separator: "\n") {
            let words = line.split(separator: " ")
            guard let first = words.first.flatMap({ UInt32($0, radix: 16) }) else { continue }
            for (offset, word) in words.dropFirst().enumerated() {
                guard let scalar = Unicode.Scalar(first + UInt32(offset)) else { continue }
                let digits = word.utf8.compactMap { Character(Unicode.Scalar($0)).base32 }
                var rows = [UInt16](repeating: 0, count: height)
                for index in stride(from: 1, to: digits.count - 1, by: 2) {
                    rows[Int(digits[0]) + index / 2] = digits[index] << 5 | digits[index + 1]
                }
                table[Character(scalar)] = rows
            }
        }
    }
}

extension Character {
    fileprivate var base32: UInt16? { UInt16(String(self), radix: 32) }
}
