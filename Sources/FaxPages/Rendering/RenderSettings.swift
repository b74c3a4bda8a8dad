package import FaxModel

/// What all pages of one fax are drawn as, and how much of everything a document may take.
package struct RenderSettings: Hashable, Sendable {
    /// One resolution for the whole fax: changing it between pages costs a negotiation on the line.
    package var resolution: Resolution
    package var paper: PaperSize
    package var quality: PageQuality
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
