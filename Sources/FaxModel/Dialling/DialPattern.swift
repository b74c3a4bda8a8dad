/// A pattern for numbers as Asterisk's dialplan writes them (`ast_extension_match`, main/pbx.c).
///
/// After a leading `_`: `X` is 0 to 9, `Z` 1 to 9, `N` 2 to 9, `[13-5]` a set, and at the end `.` one or more and `!`
/// none or more of anything; everything else, `+` included, stands for itself. Blanks and hyphens outside a set don't
/// count. Without the `_` it is one number, as people type it.
package struct DialPattern: ParsedText {
    private enum Tail { case none, some, any }

    private let text: String
    /// For each place the symbols that fit, as bits.
    private let places: [UInt16]
    private let tail: Tail
    /// How many places take one symbol only; a `+` is not counted.
    private let fixed: Int

    package init(parsing text: String) throws(FaxError) {
        self.text = text
        guard text.first == "_" else {
            if text.utf8.contains(where: { UInt8(ascii: "!") == $0 || isLetterOfPattern($0) }) {
                throw FaxError(.usage, "pattern \(quoted(text)): begin it with '_', or write one number")
            }
            let number = try FaxNumber(parsing: text)
            places = number.digits.utf8.compactMap(bit)
            tail = .none
            fixed = places.count(where: isFixedDigit)
            return
        }
        var places: [UInt16] = []
        var tail = Tail.none
        var rest = Array(text.utf8.dropFirst())[...]
        while let byte = rest.popFirst() {
            guard tail == .none else {
                throw FaxError(.usage, "pattern \(quoted(text)): '.' and '!' stand at the end")
            }
            switch byte {
            case UInt8(ascii: "X"), UInt8(ascii: "x"): places.append(digits(0...9))
            case UInt8(ascii: "Z"), UInt8(ascii: "z"): places.append(digits(1...9))
            case UInt8(ascii: "N"), UInt8(ascii: "n"): places.append(digits(2...9))
            case UInt8(ascii: "."): tail = .some
            case UInt8(ascii: "!"): tail = .any
            case UInt8(ascii: " "), UInt8(ascii: "-"): continue
            case UInt8(ascii: "["): places.append(try Self.set(&rest, of: text))
            default:
                guard let bit = bit(byte) else {
                    throw FaxError(
                        .usage,
                        "pattern \(quoted(text)): only digits, '+', '*', '#', X, Z, N, [sets] and a last '.' or '!'")
                }
                places.append(bit)
            }
        }
        guard !places.isEmpty || tail != .none else {
            throw FaxError(.usage, "pattern \(quoted(text)): nothing after the '_'")
        }
        guard places.count <= 33 else {
            throw FaxError(.usage, "pattern \(quoted(text)): no number is that long")
        }
        self.places = places
        self.tail = tail
        fixed = places.count(where: isFixedDigit)
    }

    package var description: String { text }

    /// Whether it is about canonical numbers only: its first place is a `+`.
    package var isCanonical: Bool { places.first == plusBit }

    package func matches(_ number: FaxNumber) -> Bool {
        var place = 0
        for byte in number.digits.utf8 {
            guard place < places.count else { return tail != .none }
            guard let bit = bit(byte), places[place] & bit != 0 else { return false }
            place += 1
        }
        return place == places.count && tail != .some
    }

    /// How many of the number's digits the pattern leaves open; nil when it doesn't match. Fewer is more specific, and
    /// can be compared between the notations of one number.
    package func openDigits(of number: FaxNumber) -> Int? {
        guard matches(number) else { return nil }
        return number.digits.utf8.count - (number.digits.utf8.first == UInt8(ascii: "+") ? 1 : 0) - fixed
    }

    /// What follows a `[`, up to its `]`.
    private static func set(_ rest: inout ArraySlice<UInt8>, of text: String) throws(FaxError) -> UInt16 {
        guard let end = rest.firstIndex(of: UInt8(ascii: "]")) else {
            throw FaxError(.usage, "pattern \(quoted(text)): '[' without ']'")
        }
        var members = rest[..<end]
        rest = rest[(end + 1)...]
        var found: UInt16 = 0
        while let byte = members.popFirst() {
            if members.first == UInt8(ascii: "-") {
                members.removeFirst()
                guard let last = members.popFirst(), let from = value(byte), let to = value(last), from <= to else {
                    throw FaxError(.usage, "pattern \(quoted(text)): a range in a set is like 2-9, low to high")
                }
                found |= digits(from...to)
            } else if let bit = bit(byte) {
                found |= bit
            } else {
                throw FaxError(.usage, "pattern \(quoted(text)): a set holds digits, ranges, '+', '*' and '#'")
            }
        }
        guard found != 0 else { throw FaxError(.usage, "pattern \(quoted(text)): an empty set") }
        return found
    }
}

private let plusBit: UInt16 = 1 << 12

private func value(_ byte: UInt8) -> UInt16? {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) ? UInt16(byte - UInt8(ascii: "0")) : nil
}

private func bit(_ byte: UInt8) -> UInt16? {
    switch byte {
    case UInt8(ascii: "*"): 1 << 10
    case UInt8(ascii: "#"): 1 << 11
    case UInt8(ascii: "+"): plusBit
    default: value(byte).map { 1 << $0 }
    }
}

private func digits(_ range: ClosedRange<UInt16>) -> UInt16 { range.reduce(0) { $0 | 1 << $1 } }

private func isFixedDigit(_ place: UInt16) -> Bool { place.nonzeroBitCount == 1 && place != plusBit }

private func isLetterOfPattern(_ byte: UInt8) -> Bool {
    "XZNxzn[]_".utf8.contains(byte)
}
