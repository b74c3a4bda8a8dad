/// The name of a PJSIP endpoint that calls go out by: 1 to 40 of `A-Z a-z 0-9 _ -`.
package struct TrunkName: ParsedText {
    package let text: String

    package init(parsing text: String) throws(FaxError) {
        let fits = text.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "_"), UInt8(ascii: "-"):
                true
            default: false
            }
        }
        guard fits, (1...40).contains(text.utf8.count) else {
            throw FaxError(.usage, "trunk \(quoted(text)): 1 to 40 letters, digits, '_' and '-'")
        }
        self.text = text
    }

    package var description: String { text }
}
