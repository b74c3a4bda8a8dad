import FaxModel
import Testing

@testable import FaxPages

@Suite("The preview shows the exact pixels")
struct PagePreviewTests {
    @Test("Pages stand below each other, with square pixels", arguments: Resolution.allCases)
    func stacked(resolution: Resolution) throws {
        try withPlainScratch { scratch in
            let pages = [TestPages.page(1, rows: 392), TestPages.page(2, rows: 196)]
            try TestPages.write(pages, to: scratch + "/a.tiff", resolution)
            #expect(try PagePreview.writePNG(scratch + "/a.tiff", to: scratch + "/a.png") == 2)
            let seen = try #require(TestPages.bitmap(try Tool.pngtopnm.run(scratch + "/a.png")))
            let heights = pages.map { page in
                Int((Double(page.rows) * 204 / Double(resolution.linesPerInch)).rounded())
            }
            #expect(seen.width == 1728 && seen.rows == heights[0] + heights[1])
            for y in stride(from: 0, to: seen.rows, by: 7) {
                let index = y < heights[0] ? 0 : 1
                let row = y - index * heights[0]
                let expected = pages[index].row(row * pages[index].rows / heights[index])
                #expect(Array(seen.row(y)) == Array(expected), "row \(y)")
            }
        }
    }

    @Test("Only as many pages as asked for are shown")
    func bounded() throws {
        try withPlainScratch { scratch in
            try TestPages.write((1...3).map { TestPages.page(UInt64($0)) }, to: scratch + "/a.tiff", .fine)
            #expect(try PagePreview.writePNG(scratch + "/a.tiff", to: scratch + "/a.png", maxPages: 1) == 1)
            #expect(TestPages.bitmap(try Tool.pngtopnm.run(scratch + "/a.png"))?.rows == 208)
        }
    }

    @Test("Runs of every length survive the compression")
    func runs() throws {
        try withPlainScratch { scratch in
            let file = try TemporaryFile(for: scratch + "/a.png")
            var page = PageBits(width: 8 * 1100, rows: 600)
            for y in 0..<600 {
                for x in 0..<y { page.bytes[y * 1100 + x] = UInt8(truncatingIfNeeded: y) }
                page.bytes[y * 1100 + 1099] = UInt8(y % 251)
            }
            var png = try PNGFile(file, width: page.width, height: page.rows, pixelsPerInch: 204)
            for y in 0..<page.rows { try png.add(row: page.row(y)) }
            try png.finish()
            try file.publish()
            #expect(TestPages.bitmap(try Tool.pngtopnm.run(scratch + "/a.png")) == page)
        }
    }
}
