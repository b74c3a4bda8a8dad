import FaxModel

/// One recipient as somebody wrote it down.
struct RecipientEntry: Codable {
    var number: String
    var name: String?
    var tag: String?
    /// What else the list says about it, by column.
    var fields: [String: String] = [:]
    /// Like `list.csv:3`; nil for one of the command line.
    var place: String?

    static func isColumnName(_ text: String) -> Bool {
        text.utf8.count <= 60 && !text.unicodeScalars.contains(where: \.isControl)
    }

    static func isColumnValue(_ text: String) -> Bool {
        text.utf8.count <= 1000
            && !text.unicodeScalars.contains { $0.isControl && $0 != "\n" && $0 != "\r" && $0 != "\t" }
    }
}
