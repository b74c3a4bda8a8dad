import FaxModel
import Testing

@testable import FaxPages

@Suite("What was received is compared with what was sent")
struct PageComparisonTests {
    @Test("A fax that spandsp received is identical below its header line")
    func spandsp() throws {
        try withPlainScratch { scratch in
            try TestPages.write(ReceivedFax.sent, to: scratch + "/sent.tiff", .fine)
            try ReceivedFax.write(to: scratch + "/received.tiff")
            let result = try PageComparison.compare(sent: scratch + "/sent.tiff", received: scratch + "/received.tiff")
            #expect(result.pagesSent == 2 && result.pagesReceived == 2 && result.identical == 2 && result.isIdentical)
            for (index, page) in result.pages.enumerated() {
                #expect(
                    page
                        == PageComparison.Page(
                            number: index + 1, rowsSent: 40, rowsReceived: 72, headerRows: 32, differingPixels: 0,
                            differingRows: 0))
            }
        }
    }

    @Test(
        "The header is as high as the resolution makes it, or as is said",
        arguments: [
            (Resolution.standard, 16, PageComparison.HeaderRows.automatic), (.fine, 32, .automatic),
            (.superfine, 64, .automatic), (.fine, 0, .automatic), (.fine, 40, .exactly(40)),
            (.standard, 7, .exactly(7)),
        ])
    func headers(resolution: Resolution, rows: Int, given: PageComparison.HeaderRows) throws {
        try withPlainScratch { scratch in
            let page = TestPages.page(4)
            let header = TestPages.page(5, rows: max(1, rows))
            let received = PageBits(
                width: 1728, rows: 200 + rows, bytes: (rows == 0 ? [] : header.bytes) + page.bytes)
            try TestPages.write([page], to: scratch + "/a.tiff", resolution)
            try TestPages.write([received], to: scratch + "/b.tiff", resolution)
            let result = try PageComparison.compare(
                sent: scratch + "/a.tiff", received: scratch + "/b.tiff", headerRows: given)
            #expect(result.isIdentical)
            #expect(result.pages.first?.headerRows == rows)
        }
    }

    @Test("Every differing pixel counts, and every missing row whole")
    func differences() throws {
        try withPlainScratch { scratch in
            let page = TestPages.page(4)
            var changed = page
            changed.bytes[216 * 50 + 3] ^= 0b101
            changed.bytes[216 * 199 + 215] ^= 1
            let short = PageBits(width: 1728, rows: 190, bytes: Array(page.bytes.prefix(216 * 190)))
            try TestPages.write([page, page, page], to: scratch + "/a.tiff", .fine)
            try TestPages.write([changed, short], to: scratch + "/b.tiff", .fine)
            let result = try PageComparison.compare(
                sent: scratch + "/a.tiff", received: scratch + "/b.tiff", headerRows: .exactly(0))
            #expect(result.pages.map(\.differingPixels) == [3, 10 * 1728])
            #expect(result.pagesSent == 3 && result.pagesReceived == 2)
            #expect(result.identical == 0 && !result.isIdentical)
            let back = try PageComparison.compare(
                sent: scratch + "/b.tiff", received: scratch + "/a.tiff", headerRows: .exactly(0))
            #expect(back.pages.map(\.differingPixels) == [3, 10 * 1728])
            #expect(back.pagesSent == 2 && back.pagesReceived == 3)
        }
    }

    @Test("A lost line is one damaged row, not all that moved up below it; a changed one is one, too")
    func damagedRows() throws {
        try withPlainScratch { scratch in
            let page = TestPages.page(4)
            var bytes = page.bytes
            bytes[216 * 150 + 9] ^= 0xFF
            bytes.removeSubrange(216 * 50..<216 * 51)
            let damaged = PageBits(width: 1728, rows: page.rows - 1, bytes: bytes)
            try TestPages.write([page], to: scratch + "/a.tiff", .fine)
            try TestPages.write([damaged], to: scratch + "/b.tiff", .fine)
            let result = try PageComparison.compare(
                sent: scratch + "/a.tiff", received: scratch + "/b.tiff", headerRows: .exactly(0))
            #expect(result.pages.map(\.differingRows) == [2])
            #expect(try #require(result.pages.first).differingPixels > 1728)
        }
    }

    @Test("All identical pages are not enough when one is missing")
    func missingPage() throws {
        try withPlainScratch { scratch in
            try TestPages.write([TestPages.page(1), TestPages.page(2)], to: scratch + "/a.tiff", .fine)
            try TestPages.write([TestPages.page(1)], to: scratch + "/b.tiff", .fine)
            let result = try PageComparison.compare(sent: scratch + "/a.tiff", received: scratch + "/b.tiff")
            #expect(result.identical == 1 && !result.isIdentical)
        }
    }

    @Test(
        "Coding, fill order and polarity make no difference",
        arguments: [FaxTIFFWriter.Coding.g3OneDimensional, .g3TwoDimensional, .g4])
    func codings(coding: FaxTIFFWriter.Coding) throws {
        try withPlainScratch { scratch in
            let page = TestPages.page(7)
            try TestPages.write([page], to: scratch + "/a.tiff", .fine)
            try TestPages.write([page], to: scratch + "/b.tiff", .fine, coding)
            try Tool.tiffcp.run("-f", "msb2lsb", "-r", "33", scratch + "/b.tiff", scratch + "/c.tiff")
            var inverted = page
            for index in inverted.bytes.indices { inverted.bytes[index] = ~inverted.bytes[index] }
            try TestPages.write([inverted], to: scratch + "/d.tiff", .fine, coding)
            var tiny = try TinyTIFF(from: scratch + "/d.tiff")
            tiny.isMinIsBlack = true
            try write(tiny.bytes, to: scratch + "/e.tiff")
            for name in ["/b.tiff", "/c.tiff", "/e.tiff"] {
                let result = try PageComparison.compare(sent: scratch + "/a.tiff", received: scratch + name)
                #expect(result.isIdentical, "\(name)")
            }
            let opposite = try PageComparison.compare(
                sent: scratch + "/a.tiff", received: scratch + "/d.tiff", headerRows: .exactly(0))
            #expect(opposite.pages.first?.differingPixels == 1728 * 200)
        }
    }
}
