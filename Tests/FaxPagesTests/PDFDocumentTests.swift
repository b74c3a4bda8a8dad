import FaxModel
import Testing

@testable import FaxPages

@Suite("pdfinfo's answer is read with suspicion")
struct PDFDocumentTests {
    @Test("Sizes and rotations are taken, and equal neighbours drawn together")
    func sizes() throws {
        let answer = """
            Title:           Letter
            Pages:           4
            Page    1 size:  612 x 792 pts (letter)
            Page    1 rot:   0
            Page    2 size:  612 x 792 pts (letter)
            Page    2 rot:   180
            Page    3 size:  612 x 792 pts (letter)
            Page    3 rot:   90
            Page    4 size:  595.276 x 841.89 pts (A4)
            Page    4 rot:   0
            """
        let (count, pages) = try PDFDocument.parse(answer, path: "a.pdf", limit: 10)
        #expect(count == 4)
        #expect(pages[2] == PDFPageSize(width: 792, height: 612))
        #expect(pages[3] == PDFPageSize(width: 595.276, height: 841.89))
        #expect(
            SourceDocument(name: "a.pdf", content: .drawn(path: "a.pdf", pages: pages)).runs == [0..<2, 2..<3, 3..<4])
    }

    @Test("A title can't speak for the page count or a size")
    func forged() throws {
        let answer = """
            Title:           x
            Pages:           2
            Page    1 size:  1 x 1 pts
            Pages:           1
            Page    1 size:  595 x 842 pts (A4)
            Page    1 rot:   0
            """
        let (count, pages) = try PDFDocument.parse(answer, path: "a.pdf", limit: 10)
        #expect(count == 1)
        #expect(pages == [PDFPageSize(width: 595, height: 842)])
    }

    @Test(
        "What is missing or absurd is damage",
        arguments: [
            "", "Pages: x", "Pages: 2\nPage 1 size: 595 x 842 pts", "Pages: 1\nPage 1 size: -5 x 842 pts",
            "Pages: 1\nPage 1 size: 0 x 0 pts", "Pages: 1\nPage 1 size: inf x nan pts",
        ])
    func damaged(answer: String) {
        let error = #expect(throws: FaxError.self) { try PDFDocument.parse(answer, path: "a.pdf", limit: 10) }
        #expect(error?.message.hasPrefix("\"a.pdf\" is damaged") == true)
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
