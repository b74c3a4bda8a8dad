/// The fastest rate that a call may train at, in bit/s.
///
/// spandsp limits the rate by the modem alone: `maxrate` by itself changes nothing on the line. So only the top rate
/// of each modem can be promised, and each comes with the modems and limits that make it true.
package enum SignallingRate: Int, CaseIterable, Hashable, Sendable, Codable {
    /// V.17
    case r14400 = 14400
    /// V.29
    case r9600 = 9600
    /// V.27ter
    case r4800 = 4800

    /// The value of FAXOPT(modem).
    package var modems: String {
        switch self {
        case .r14400: "v17,v27,v29"
        case .r9600: "v27,v29"
        case .r4800: "v27"
        }
    }

    /// The value of FAXOPT(minrate): the lowest rate of the slowest modem that is allowed.
    package var minimum: Int { 2400 }

    package init(parsing text: String) throws(FaxError) {
        guard let number = Int(text), let rate = SignallingRate(rawValue: number) else {
            let list = Self.allCases.map { String($0.rawValue) }.joined(separator: ", ")
            throw FaxError(.usage, "rate \(quoted(text)): spandsp honours \(list) only")
        }
        self = rate
    }

    /// The top rate of the next slower modem; nil at the slowest.
    package var slower: SignallingRate? {
        switch self {
        case .r14400: .r9600
        case .r9600: .r4800
        case .r4800: nil
        }
    }
}

extension SignallingRate: Comparable {
    package static func < (a: SignallingRate, b: SignallingRate) -> Bool { a.rawValue < b.rawValue }
}
