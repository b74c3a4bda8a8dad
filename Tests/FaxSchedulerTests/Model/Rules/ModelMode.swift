/// How a call transmits, in the words of its call file.
struct ModelMode: Hashable, Sendable {
    /// T.38 with audio to fall back on; otherwise audio alone.
    var t38: Bool
    var ecm: Bool
    /// Bit/s: 14400, 9600 or 4800.
    var rate: Int
    /// Lines an inch: 391, 196 or 98.
    var lines: Int

    static let rates = [14400, 9600, 4800]
    static let resolutions = [391, 196, 98]

    /// What the next call does otherwise than the last one, by the words that `fax-queue policy` prints.
    mutating func change(_ what: String, wanted: ModelMode) {
        switch what {
        case "audio": t38 = false
        case "other-transport": t38 = wanted.t38 && !t38
        case "other-ecm": ecm = wanted.ecm && !ecm
        case "slower": rate = Self.after(rate, in: Self.rates)
        case "lower-resolution": lines = Self.after(lines, in: Self.resolutions)
        default: fatalError("the model knows no change '\(what)'")
        }
    }

    /// The next smaller one; the smallest stays.
    static func after(_ value: Int, in steps: [Int]) -> Int { steps.first { $0 < value } ?? value }
}
