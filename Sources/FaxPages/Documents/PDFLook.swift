import FaxModel

/// What MuPDF tells of a PDF before it is drawn.
enum PDFLook: Hashable {
    enum Page: Hashable {
        /// Nil where nobody can tell.
        case size(PDFPageSize?)
        /// There should be a page, and there is none.
        case missing(why: String)

        var isThere: Bool { if case .size = self { true } else { false } }
    }

    /// It can't be read without a password.
    case locked
    /// `count` is what pages there are or should be; they are told only if no more than were asked for. A page tree that
    /// isn't as it should be was mended: programs disagree about which page is which in it, so that one might be drawn
    /// twice, or never.
    case pages(count: Int, [Page], isMended: Bool)

    /// It was read, and nothing in it is a page.
    var hasNoPage: Bool {
        guard case .pages(let count, let pages, _) = self else { return false }
        return count == 0 || !pages.isEmpty && !pages.contains(where: \.isThere)
    }

    /// Reads what the script says; nil where that is something else.
    init?(_ answer: String) {
        let lines = answer.split(separator: "\n")
        if lines == ["locked"] {
            self = .locked
            return
        }
        guard let head = lines.first?.split(separator: " "), head.count == 2, let count = Int(head[1]) else {
            return nil
        }
        var pages: [Page] = []
        for line in lines.dropFirst() {
            let words = line.split(separator: " ", maxSplits: 1)
            guard words.count == 2 else { return nil }
            if words[0] == "missing" {
                pages.append(.missing(why: String(words[1])))
            } else if let width = Double(words[0]), let height = Double(words[1]), width.isFinite, height.isFinite,
                width > 0, height > 0
            {
                pages.append(.size(PDFPageSize(width: width, height: height)))
            } else {
                pages.append(.size(nil))
            }
        }
        self = .pages(count: count, pages, isMended: head[0] == "mended")
    }

    /// The pages' sizes, nil for those that aren't there. What can't be measured counts as A4. Both are damage, unless that
    /// is allowed and a page is there.
    static func sizes(_ pages: [Page], of path: String, allowsDamaged: Bool) throws(FaxError) -> [PDFPageSize?] {
        let isAllowed = allowsDamaged && pages.contains(where: \.isThere)
        var sizes: [PDFPageSize?] = []
        for (index, page) in pages.enumerated() {
            let why: String
            switch page {
            case .size(let size?):
                sizes.append(size)
                continue
            case .size(nil):
                why = "has no size"
                sizes.append(PDFPageSize(width: 595, height: 842))
            case .missing(let reason):
                why = "is missing: \(reason)"
                sizes.append(nil)
            }
            guard isAllowed else {
                throw FaxError(.data, "\(quoted(path)) is damaged: page \(index + 1) of \(pages.count) \(why)")
            }
        }
        return sizes
    }
}
