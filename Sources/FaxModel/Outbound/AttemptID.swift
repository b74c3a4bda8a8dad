/// The id of one attempt to send: `JOB-SEQ-RANDOM`, 3 to 60 of `a-z 0-9 -`, never used twice.
///
/// It names the call file, the marker, the attempt's TIFF and the report, and it is the whole argument of `fax-agi`.
package struct AttemptID: ParsedText {
    package let text: String

    package init?(_ text: String) {
        guard (3...60).contains(text.utf8.count) else { return nil }
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "-"):
                continue
            default: return nil
            }
        }
        self.text = text
    }

    /// `random` keeps a name fresh even when the store was put back from an old backup.
    package init(job: Int64, sequence: Int, random: UInt32) {
        let hex = String(random, radix: 16)
        text = "\(job)-\(sequence)-\(String(repeating: "0", count: 8 - hex.count))\(hex)"
    }

    package init(parsing text: String) throws(FaxError) {
        guard let id = AttemptID(text) else { throw FaxError(.data, "\(quoted(text)) is not an attempt id") }
        self = id
    }

    package var description: String { text }
}
