/// Asterisk's UNIQUEID of a channel: 1 to 80 of `A-Z a-z 0-9 . _ -`, not beginning with a dot.
///
/// The only part of a call that names a file of ours on the receiving side.
package struct ChannelID: ParsedText {
    package let text: String

    package init?(_ text: String) {
        guard (1...80).contains(text.utf8.count), text.utf8.first != UInt8(ascii: ".") else { return nil }
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-"):
                continue
            default: return nil
            }
        }
        self.text = text
    }

    package init(parsing text: String) throws(FaxError) {
        guard let id = ChannelID(text) else { throw FaxError(.data, "\(quoted(text)) is not a channel id") }
        self = id
    }

    package var description: String { text }
}
