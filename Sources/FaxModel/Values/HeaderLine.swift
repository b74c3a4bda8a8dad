/// Who draws the line at the top of each page.
package enum HeaderLine: String, CaseIterable, Hashable, Sendable, Codable {
    /// We, over the page's top margin: sender, station id, date and time, page n of m of the whole fax.
    case own
    /// spandsp, on rows that it adds above the page; each call counts its pages from 1.
    case spandsp
    /// Nobody.
    case none

    /// Who really draws a header: what spandsp can't is drawn by us.
    package func drawer(of header: HeaderText?) -> HeaderLine {
        guard self == .spandsp, let header, (try? PlainHeaderText(parsing: header.text)) == nil else { return self }
        return .own
    }
}
