import FaxStore

/// Small pieces of English that several letters share.
enum Wording {
    static func pages(_ count: Int) -> String { count == 1 ? "1 page" : "\(count) pages" }

    /// `page 2`, `page 2, 3 and 7`
    static func pageList(_ numbers: [Int]) -> String {
        let texts = numbers.map(String.init)
        guard let last = texts.last, texts.count > 1 else { return "page " + (texts.first ?? "") }
        return "page " + texts.dropLast().joined(separator: ", ") + " and " + last
    }

    /// The caller's number and station id as far as they are known.
    static func caller(_ receipt: InboxReceipt) -> String {
        let number = receipt.callerNumber.isEmpty ? "an unknown number" : receipt.callerNumber
        guard let station = receipt.remoteStationID, !station.isEmpty else { return number }
        return "\(number) (\(station))"
    }

    /// FAXRESOLUTION, in pixels per metre, as people know it.
    static func resolution(_ text: String) -> String {
        switch text {
        case "8031x3850": "standard (204 x 98 dpi)"
        case "8031x7700": "fine (204 x 196 dpi)"
        case "8031x15400": "superfine (204 x 391 dpi)"
        default: text
        }
    }

    static func mode(_ text: String) -> String { text == "T38" ? "T.38" : text }

    static func errorCorrection(_ text: String) -> String {
        switch text.lowercased() {
        case "yes": "with error correction"
        case "no": "without error correction"
        default: "error correction: \(text)"
        }
    }
}
