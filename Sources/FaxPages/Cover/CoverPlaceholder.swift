import FaxModel

/// What a cover page template can say between `${` and `}`.
package enum CoverPlaceholder: Hashable, Sendable, CustomStringConvertible {
    case toName, toCompany, toNumber, fromName, fromNumber, regarding, comments, date, pages
    /// A column of the recipient list, in lower case.
    case column(String)

    /// nil for a name that there isn't.
    init?(_ name: String) {
        if let known = Self.names.first(where: { $0.name == name }) {
            self = known.placeholder
            return
        }
        guard name.hasPrefix(Self.columnPrefix) else { return nil }
        // As the recipient list reads its header row.
        let column = name.dropFirst(Self.columnPrefix.count).lowercased().split(separator: " ").joined(separator: " ")
        let isText = !column.unicodeScalars.contains(where: \.isControl)
        guard !column.isEmpty, isText, column.utf8.count <= 60 else { return nil }
        self = .column(column)
    }

    package var description: String {
        if case .column(let name) = self { return Self.columnPrefix + name }
        return Self.names.first { $0.placeholder == self }?.name ?? ""
    }

    /// All that there are, for messages.
    static let list = (names.map { "${\($0.name)}" } + ["${field.COLUMN}"]).joined(separator: ", ")

    private static let columnPrefix = "field."

    private static let names: [(name: String, placeholder: CoverPlaceholder)] = [
        ("to.name", .toName), ("to.company", .toCompany), ("to.number", .toNumber), ("from.name", .fromName),
        ("from.number", .fromNumber), ("regarding", .regarding), ("comments", .comments), ("date", .date),
        ("pages", .pages),
    ]
}
