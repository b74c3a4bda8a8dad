package import FaxModel

/// A rig's name: 1 to 16 of `a-z 0-9 -`, beginning with a letter or a digit.
///
/// Part of file names and of network namespaces' names, hence the limits.
package struct RigName: ParsedText {
    package let text: String

    package init(parsing text: String) throws(FaxError) {
        let fits = text.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"): true
            default: false
            }
        }
        guard fits, (1...16).contains(text.utf8.count), text.first != "-" else {
            throw FaxError(.usage, "rig name \(quoted(text)): 1 to 16 of a-z, 0-9 and -, not beginning with -")
        }
        self.text = text
    }

    package var description: String { text }
}
