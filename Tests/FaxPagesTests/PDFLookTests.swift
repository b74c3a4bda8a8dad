import FaxModel
import Testing

@testable import FaxPages

@Suite("What MuPDF tells of a PDF is read with suspicion")
struct PDFLookTests {
    @Test("Sizes are taken, and equal neighbours drawn together")
    func sizes() throws {
        let answer = "sound 4\n612.000 792.000\n612.000 792.000\n792.000 612.000\n595.276 841.890\n"
        guard case .pages(4, let pages, false)? = PDFLook(answer) else {
            Issue.record("not understood")
            return
        }
        let sizes = try PDFLook.sizes(pages, of: "a.pdf", allowsDamaged: false)
        #expect(sizes[2] == PDFPageSize(width: 792, height: 612))
        #expect(sizes[3] == PDFPageSize(width: 595.276, height: 841.89))
        #expect(
            SourceDocument(name: "a.pdf", content: .drawn(path: "a.pdf", pages: sizes)).runs == [0..<2, 2..<3, 3..<4])
    }

    @Test(
        "What is missing or absurd is no look", arguments: ["", "sound", "sound x", "sound 1\n595", "locked\nlocked"])
    func unreadable(answer: String) {
        #expect(PDFLook(answer) == nil)
    }

    @Test(
        "A page without a size is damage, or a page like the paper",
        arguments: ["-5.00000 842.000", "0.00000 0.00000", "Infinity NaN"])
    func unmeasured(size: String) throws {
        guard case .pages(2, let pages, false)? = PDFLook("sound 2\n300.000 300.000\n\(size)\n") else {
            Issue.record("not understood")
            return
        }
        let error = #expect(throws: FaxError.self) { try PDFLook.sizes(pages, of: "a.pdf", allowsDamaged: false) }
        #expect(error?.message == "\"a.pdf\" is damaged: page 2 of 2 has no size")
        let sizes = try PDFLook.sizes(pages, of: "a.pdf", allowsDamaged: true)
        #expect(sizes == [PDFPageSize(width: 300, height: 300), PDFPageSize(width: 595, height: 842)])
    }

    @Test(
        "A page of any shape fits the fax page",
        arguments: [(1.0, 14_400.0), (14_400, 1), (0.01, 0.01), (20_000, 20_000)])
    func shapes(width: Double, height: Double) {
        for paper in PaperSize.allCases {
            let settings = RenderSettings(resolution: .superfine, paper: paper)
            let fit = PageFit(PDFPageSize(width: width, height: height), settings)
            let (across, down) = fit.isTurned ? (fit.drawnHeight, fit.drawnWidth) : (fit.drawnWidth, fit.drawnHeight)
            #expect((1...1728).contains(across) && (1...settings.rows).contains(down))
            #expect(fit.left >= 0 && fit.left + across <= 1728)
        }
    }
}
