/// One recipient as somebody wrote it down.
struct RecipientEntry: Codable {
    var number: String
    var name: String?
    var tag: String?
    /// What else the list says about it, by column.
    var fields: [String: String] = [:]
    /// Like `list.csv:3`; nil for one of the command line.
    var place: String?
}
