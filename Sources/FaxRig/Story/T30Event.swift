/// What a line of spandsp's log tells about a fax, as Asterisk passes it on after `fax set debug on` (spandsp's t30.c and
/// t30_logging.c; res_fax_spandsp.c). The rest is for its authors.
enum T30Event: Hashable, Sendable {
    case began(isSending: Bool)
    /// A frame by its name in T.30 §5.3.6: DIS, CFR, MCF…
    case received(String)
    case sent(String)
    /// The kind of a partial page that is over, like EOP; received where it came from the far end.
    case partialPage(String, frames: Int?)
    /// What the far end calls itself.
    case remoteName(String)
    case remoteMaker(String)
    /// The head of a DIS or DCS, which its fields follow; after the frame where it was received, before it where it is sent.
    case announcement(String)
    case field(String, String)
    case page(Int)
    /// The modems change over to a page's data.
    case pageData
    case rows(Int)
    case bytes(Int)
    case badRows(Int)
    case frameToRepeat
    /// T.30's timers: T1 to T5.
    case timer(String)
    case retry(Int)
    /// T.30's result in words.
    case result(String)

    init?(_ message: String) {
        guard let text = Self.t30(message) else { return nil }
        if let event = Self.frame(text) ?? Self.field(text) ?? Self.number(text) ?? Self.quoted(text) {
            self = event
            return
        }
        switch text {
        case "Start sending document", "Start tx document": self = .began(isSending: true)
        case "Start receiving document", "Start rx document": self = .began(isSending: false)
        case "DIS:", "DCS:": self = .announcement(String(text.dropLast()))
        default:
            if text.hasPrefix("Changing from phase "), text.contains(" to T30_PHASE_C_") {
                self = .pageData
            } else if text.hasPrefix("Frame "), text.hasSuffix(" to be resent") {
                self = .frameToRepeat
            } else if text.first == "T", let name = text.split(separator: " ").first, text.contains(" expired in ") {
                self = .timer(String(name))
            } else {
                return nil
            }
        }
    }

    /// What stands after `FLOW T.30 `; nil for another protocol's line.
    private static func t30(_ message: String) -> String? {
        guard let mark = message.firstRange(of: " T.30 "),
            message.distance(from: message.startIndex, to: mark.lowerBound) < 24
        else { return nil }
        var rest = message[mark.upperBound...]
        while let last = rest.last, last.isWhitespace { rest = rest.dropLast() }
        return String(rest)
    }

    /// `Rx:  DIS with final frame tag`, and the two lines about partial pages.
    private static func frame(_ text: String) -> T30Event? {
        if text.hasPrefix("Sending PPS + ") {
            return .partialPage(String(text.dropFirst("Sending PPS + ".count)), frames: nil)
        }
        if text.hasPrefix("Received PPS + ") {
            let kind = text.dropFirst("Received PPS + ".count).prefix { $0 != " " }
            let words = text.split(separator: " ")
            return .partialPage(String(kind), frames: words.count > 2 ? Int(words[words.count - 2]) : nil)
        }
        guard text.hasSuffix("final frame tag") else { return nil }
        let words = text.split(separator: " ")
        guard words.count >= 2 else { return nil }
        switch words[0] {
        case "Rx:": return .received(String(words[1]))
        case "Tx:": return .sent(String(words[1]))
        default: return nil
        }
    }

    /// `.... .0..= Can receive fax: Not set`
    private static func field(_ text: String) -> T30Event? {
        guard let first = text.first(where: { $0 != " " }), first == "." || first == "0" || first == "1",
            let mark = text.firstRange(of: "= "), let colon = text.lastRange(of: ": ")
        else { return nil }
        guard mark.upperBound < colon.lowerBound else { return nil }
        return .field(String(text[mark.upperBound..<colon.lowerBound]), String(text[colon.upperBound...]))
    }

    private static func number(_ text: String) -> T30Event? {
        func after(_ prefix: String) -> Int? {
            text.hasPrefix(prefix) ? Int(text.dropFirst(prefix.count).prefix { $0.isNumber }) : nil
        }
        if let number = after("Starting page ") { return .page(number) }
        if let number = after("Compressed image size = ") { return .bytes(number) }
        if let number = after("Bad rows = ") { return .badRows(number) }
        if let number = after("Retry number ") { return .retry(number) }
        if text.hasPrefix("Image size = "), let length = text.split(separator: " ").dropFirst(5).first {
            return Int(length).map { .rows($0) }
        }
        return nil
    }

    private static func quoted(_ text: String) -> T30Event? {
        func between(_ mark: Character) -> String? {
            guard let first = text.firstIndex(of: mark), let last = text.lastIndex(of: mark), first < last else {
                return nil
            }
            return String(text[text.index(after: first)..<last])
        }
        if text.hasPrefix("Remote gave "), ["CSI", "TSI", "CIG"].contains(text.dropFirst(12).prefix(3)) {
            return between("\"").map { .remoteName($0) }
        }
        if text.hasPrefix("The remote was made by ") { return between("'").map { .remoteMaker($0) } }
        if text.hasPrefix("Status changing to ") { return between("'").map { .result($0) } }
        return nil
    }
}

extension String {
    /// The last place of a text.
    fileprivate func lastRange(of other: String) -> Range<Index>? { ranges(of: other).last }
}
