package import FaxModel

/// What becomes of a page that is much higher than the paper, such as a web page or a till's roll.
package enum LongPages: String, CaseIterable, Hashable, Sendable, Codable {
    /// It goes over several pages, each as wide as the paper, cut between two lines of text where that can be had.
    case split
    /// It is made as small as it has to be.
    case scale
}

/// What all pages of one fax are drawn as, and how much of everything a document may take.
package struct RenderSettings: Hashable, Sendable {
    /// One resolution for the whole fax: changing it between pages costs a negotiation on the line.
    package var resolution: Resolution
    package var paper: PaperSize
    package var quality: PageQuality
    package var longPages = LongPages.split
    /// Pages with nothing on them are left out.
    package var skipsBlank = false
    /// Large black areas become lines with white between them: less toner at the far end.
    package var thinsBlack = false
    /// A page that can't be drawn becomes one that says so, instead of the end of it all.
    package var allowsDamaged = false
    /// More pages than this, over all documents together, are refused before any is drawn.
    package var maxPages: Int
    /// For everything together, by the clock.
    package var deadline: Duration

    package init(
        resolution: Resolution = .fine, paper: PaperSize = .a4, quality: PageQuality = .auto, maxPages: Int = 500,
        deadline: Duration = .seconds(300)
    ) {
        self.resolution = resolution
        self.paper = paper
        self.quality = quality
        self.maxPages = maxPages
        self.deadline = deadline
    }

    /// Rows of every page: the paper's height at the resolution, 2292 for A4 at fine as spandsp counts it too.
    package var rows: Int { Int((paper.height / 25.4 * Double(resolution.linesPerInch)).rounded()) }
}
