import FaxModel
import Testing

@testable import FaxPages

@Suite struct TestPageTests {
    @Test("the test page is an A4 fax page at every resolution", arguments: Resolution.allCases)
    func sizes(resolution: Resolution) throws {
        let bits = TestPage(lines: ["Fax test page", "Run 12345678901234"]).bits(at: resolution)
        let millimetres = Double(bits.rows) / Double(resolution.linesPerInch) * 25.4
        #expect(bits.width == Resolution.pixelsPerLine && abs(millimetres - 297) < 1)
        // Nothing where the header line goes.
        #expect(bits.bytes.prefix(PageHeader.rows(at: resolution) * bits.bytesPerRow).allSatisfy { $0 == 0 })
        // Under half a minute in the code that every machine reads.
        #expect(CodedPage(bits, resolution, .g3OneDimensional).codedBytes * 8 < 30 * 14_400 * max(1, bits.rows / 2288))
    }

    @Test("what is written on it is there, and other words make another page")
    func words() {
        let (a, b) = (TestPage(lines: ["a", "b"]).bits(at: .fine), TestPage(lines: ["a", "c"]).bits(at: .fine))
        #expect(a != b)
        #expect(TestPage(lines: ["a", "b"]).bits(at: .fine) == a)
    }

    @Test("a PDF that lies about its images is no danger")
    func hostilePDF() {
        let dictionary = "1 0 obj << /Subtype /Image /Filter /CCITTFaxDecode "
        for text in [
            "", "stream", "endstream", dictionary + "/Length 9999999 >> stream\nx",
            dictionary + "/Length -5 /Columns 1728 /Rows 10 >> stream\nx",
            dictionary + "/Length 1 /Columns 999999999999 /Rows 10 >> stream\nx endstream",
            dictionary + "/Length 7 0 R /Columns 1728 /Rows 10 >> stream\nx endstream",
            "1 0 obj << /Subtype /Image /Filter [/FlateDecode /CCITTFaxDecode] /Length 1 /Width 8 /Height 8 >> stream\nx",
        ] { #expect(PDFFaxImages.found(in: Array(text.utf8)).isEmpty, "\(text)") }
        let good = dictionary + "/Length 1 /Columns 1728 /Rows 10 /DecodeParms << /K -1 >> >> stream\r\nxendstream"
        #expect(PDFFaxImages.found(in: Array(good.utf8)).map(\.rows) == [10])
    }
}
