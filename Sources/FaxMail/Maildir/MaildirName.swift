import FaxModel

/// The file name of one message for one recipient: the same on every try, another for every other message.
struct MaildirName {
    let text: String

    /// `SECONDS.MESSAGEID.RECIPIENT`, where every byte but letters, digits and `. + - @` is `=XX`; longer than 200 bytes
    /// it is cut and carries a hash of the whole.
    init(message: MailMessage, recipient: EmailAddress) {
        let whole = "\(message.date.seconds)." + Self.escaped(message.messageID) + "." + Self.escaped(recipient.text)
        if whole.utf8.count <= 200 {
            text = whole
        } else {
            text = whole.prefix(180) + "=" + String(StableHash.of(whole), radix: 16)
        }
    }

    private static func escaped(_ text: String) -> String {
        var out = ""
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "."), UInt8(ascii: "+"), UInt8(ascii: "-"),
                UInt8(ascii: "@"):
                out.unicodeScalars.append(UnicodeScalar(byte))
            default: out += "=" + String(byte, radix: 16, uppercase: true)
            }
        }
        return out
    }
}
