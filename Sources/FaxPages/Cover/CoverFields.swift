package import FaxModel

/// What is filled into the cover page of one recipient.
package struct CoverFields: Hashable, Sendable {
    package var toName: RecipientName?
    package var toNumber: FaxNumber?
    package var fromName: CoverLine?
    /// The station id.
    package var fromNumber: StationID?
    package var regarding: CoverLine?
    package var comments: CoverComments?
    /// As it is to be read.
    package var date: String
    /// Of the whole fax, the cover page included.
    package var pages: Int
    /// The recipient's row of a list, by column in lower case; `company` is the recipient's company.
    package var columns: [String: String]

    package init(
        toName: RecipientName? = nil, toNumber: FaxNumber? = nil, fromName: CoverLine? = nil,
        fromNumber: StationID? = nil, regarding: CoverLine? = nil, comments: CoverComments? = nil, date: String,
        pages: Int, columns: [String: String] = [:]
    ) {
        self.toName = toName
        self.toNumber = toNumber
        self.fromName = fromName
        self.fromNumber = fromNumber
        self.regarding = regarding
        self.comments = comments
        self.date = date
        self.pages = pages
        self.columns = columns
    }

    /// The text of a placeholder, its line ends kept; empty where there is nothing to say.
    func text(_ placeholder: CoverPlaceholder) -> String {
        switch placeholder {
        case .toName: Self.shown(toName?.text)
        case .toCompany: Self.shown(columns["company"])
        case .toNumber: Self.shown(toNumber?.digits)
        case .fromName: Self.shown(fromName?.text)
        case .fromNumber: Self.shown(fromNumber?.text)
        case .regarding: Self.shown(regarding?.text)
        case .comments: Self.shown(comments?.text)
        case .date: Self.shown(date)
        case .pages: "\(pages)"
        case .column(let name): Self.shown(columns[name])
        }
    }

    /// Without what can't be drawn or isn't a character of XML 1.0 (§2.2), and without the marks that turn the direction
    /// of what stands behind them. Marks that only say which script a letter belongs to stay.
    private static func shown(_ text: String?) -> String {
        var out = String.UnicodeScalarView()
        for scalar in (text ?? "").unicodeScalars {
            switch scalar.value {
            case 0x0A, 0x2028, 0x2029: out.append("\n")
            case 0x09: out.append(" ")
            case 0x202A...0x202E, 0x2066...0x2069, 0xFEFF, 0xFFFE, 0xFFFF: continue
            default: if !scalar.isControl { out.append(scalar) }
            }
        }
        return String(out)
    }
}
