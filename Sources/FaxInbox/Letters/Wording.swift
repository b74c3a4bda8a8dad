import FaxStore

/// Small pieces of English for the record.
enum Wording {
    static func pages(_ count: Int) -> String { count == 1 ? "1 page" : "\(count) pages" }

    /// `page 2`, `page 2, 3 and 7`
    static func pageList(_ numbers: [Int]) -> String {
        let texts = numbers.map(String.init)
        guard let last = texts.last, texts.count > 1 else { return "page " + (texts.first ?? "") }
        return "pages " + texts.dropLast().joined(separator: ", ") + " and " + last
    }

    /// Like "page 3 is damaged".
    static func pageList(_ numbers: [Int], are state: String) -> String {
        "\(pageList(numbers)) \(numbers.count > 1 ? "are" : "is") \(state)"
    }

    /// The caller's number and station id as far as they are known.
    static func caller(_ receipt: InboxReceipt, unknown: String = "an unknown number") -> String {
        let number = receipt.callerNumber.isEmpty ? unknown : receipt.callerNumber
        guard let station = receipt.remoteStationID, !station.isEmpty else { return number }
        return "\(number) (\(station))"
    }
}
