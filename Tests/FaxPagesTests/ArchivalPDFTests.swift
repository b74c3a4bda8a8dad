import FaxModel
import Foundation
import Testing

@testable import FaxPages

/// The rules of ISO 19005-2 (PDF/A-2b) that touch a scan, each by itself.
@Suite("The PDF of a fax can be kept for ever")
struct ArchivalPDFTests {
    private struct Made {
        var text: String
        var bytes: [UInt8]
        var path: String
    }

    private func made(
        _ options: FaxPDF.Options = FaxPDF.Options(), _ body: (Made) throws -> Void
    ) throws {
        try withPlainScratch { scratch in
            try ReceivedFax.write(to: scratch + "/a.tiff")
            _ = try FaxPDF.write(
                from: scratch + "/a.tiff", to: scratch + "/a.pdf", metadata: FaxPDFTests.metadata, options: options)
            let bytes = try bytes(of: scratch + "/a.pdf")
            try Tool.qpdf.run("--check", scratch + "/a.pdf")
            try body(Made(text: String(decoding: bytes, as: UTF8.self), bytes: bytes, path: scratch + "/a.pdf"))
        }
    }

    @Test("6.1.2: it begins with its version and a comment of at least four bytes above 127")
    func header() throws {
        try made { pdf in
            #expect(pdf.bytes.starts(with: Array("%PDF-1.7\n%".utf8)))
            #expect(pdf.bytes[10..<14].allSatisfy { $0 > 127 })
        }
    }

    @Test("6.1.3: the trailer has an ID, no encryption, and nothing follows the end")
    func trailer() throws {
        try made { pdf in
            #expect(pdf.text.contains(/\/ID \[<[0-9A-F]{32}> <[0-9A-F]{32}>\]/))
            #expect(!pdf.text.contains("/Encrypt") && pdf.text.hasSuffix("%%EOF\n"))
        }
    }

    @Test("6.1.7: streams say their length, and use no filter that is forbidden")
    func streams() throws {
        try made { pdf in
            let filters = Set(pdf.text.matches(of: /\/Filter \/([A-Za-z0-9]+)/).map { String($0.1) })
            #expect(filters == ["CCITTFaxDecode", "FlateDecode"])
            #expect(!pdf.text.contains("/F (") && !pdf.text.contains("/FFilter"))
        }
    }

    @Test("6.2.3: an output intent with a profile of one channel, which ghostscript's ICC library can use")
    func outputIntent() throws {
        try made { pdf in
            #expect(pdf.text.contains("/S /GTS_PDFA1"))
            #expect(pdf.text.contains("/OutputConditionIdentifier (Custom)"))
            let reference = try #require(pdf.text.firstMatch(of: /\/DestOutputProfile (\d+) 0 R/)).1
            let profile = try Tool.qpdf.run("--show-object=\(reference)", "--filtered-stream-data", pdf.path)
            #expect(profile == GreyProfile.bytes)
            #expect(profile.count == Int(profile[3]) | Int(profile[2]) << 8)
            #expect(profile[8] == 2 && profile[12..<20].elementsEqual("mntrGRAY".utf8))
            #expect(profile[36..<40].elementsEqual("acsp".utf8))
        }
    }

    @Test("6.2.4.3, 6.2.8: images are DeviceGray of one bit, without interpolation, alternates or OPI")
    func images() throws {
        try made { pdf in
            #expect(pdf.text.contains("/ColorSpace /DeviceGray /BitsPerComponent 1"))
            for word in ["/Interpolate", "/Alternates", "/OPI", "/DeviceRGB", "/DeviceCMYK"] {
                #expect(!pdf.text.contains(word))
            }
        }
    }

    @Test("6.2.10: nothing is transparent")
    func transparency() throws {
        try made { pdf in
            for word in ["/SMask", "/Group", "/ca ", "/CA ", "/BM"] { #expect(!pdf.text.contains(word)) }
        }
    }

    @Test("6.2.11.4.1: the only font that is not embedded is one whose text is never drawn")
    func fonts() throws {
        var options = FaxPDF.Options()
        options.words = [
            1: [
                PDFWord(text: "Rechnung", x: 0.1, y: 0.1, width: 0.3, height: 0.05),
                PDFWord(text: "Ωmega", x: 0.5, y: 0.1, width: 0.2, height: 0.05),
            ]
        ]
        try made(options) { pdf in
            let plain = String(decoding: try Tool.qpdf.run("--qdf", pdf.path, "-"), as: UTF8.self)
            #expect(plain.contains("BT 3 Tr\n"))
            #expect(plain.matches(of: /[0-9] Tr\n/).count == 1)
            let read = String(decoding: try Tool.pdftotext.run(pdf.path, "-"), as: UTF8.self)
            #expect(read.contains("Rechnung") && read.contains("Ωmega"), "\(read)")
        }
        try made { pdf in #expect(!pdf.text.contains("/Font")) }
    }

    @Test("6.5, 6.6.1: no annotations, actions, scripts or files of others")
    func actions() throws {
        try made { pdf in
            for word in ["/Annots", "/AA", "/OpenAction", "/JavaScript", "/EmbeddedFiles", "/AcroForm", "/URI"] {
                #expect(!pdf.text.contains(word))
            }
        }
    }

    @Test("6.6.2, 6.6.4: XMP without a filter says part 2, conformance B, and what the Info dictionary says")
    func metadata() throws {
        try made { pdf in
            #expect(pdf.text.contains(/\/Type \/Metadata \/Subtype \/XML \/Length \d+ >>\nstream\n<\?xpacket/))
            let start = try #require(pdf.text.range(of: "<x:xmpmeta"))
            let end = try #require(pdf.text.range(of: "</x:xmpmeta>"))
            let xmp = String(pdf.text[start.lowerBound..<end.upperBound])
            let parser = XMLTexts()
            parser.parse(xmp)
            #expect(parser.texts["pdfaid:part"] == "2")
            #expect(parser.texts["pdfaid:conformance"] == "B")
            #expect(parser.texts["dc:title"] == FaxPDFTests.metadata.title)
            #expect(parser.texts["dc:description"] == "3 pages")
            #expect(parser.texts["dc:creator"] == "Büro Köln ☎")
            #expect(parser.texts["xmp:CreatorTool"] == "fax")
            #expect(parser.texts["pdf:Producer"] == "Callfax")
            #expect(parser.texts["xmp:CreateDate"] == "2024-02-29T20:29:59-03:30")
            #expect(parser.texts["xmp:ModifyDate"] == parser.texts["xmp:CreateDate"])
        }
    }

    @Test("A sheet: the fax is laid on the paper whole, and never made larger", arguments: PaperSize.allCases)
    func paper(paper: PaperSize) throws {
        var options = FaxPDF.Options()
        options.paper = paper
        try made(options) { pdf in
            let info = String(decoding: try Tool.pdfinfo.run(pdf.path), as: UTF8.self)
            let words = try #require(
                info.split(separator: "\n").first { $0.hasPrefix("Page size:") }?.split(separator: " "))
            #expect(abs(try #require(Double(words[2])) - paper.width / 25.4 * 72) < 0.1)
            #expect(abs(try #require(Double(words[4])) - paper.height / 25.4 * 72) < 0.1)
        }
    }

    @Test("In T.6 it is smaller, and every pixel is there; in coarse form it has half the lines")
    func codings() throws {
        try withPlainScratch { scratch in
            let page = TestPages.page(5, rows: 1000)
            try TestPages.write([page], to: scratch + "/a.tiff", .fine)
            var sizes: [FaxPDF.Options.Coding: Int] = [:]
            for coding in [FaxPDF.Options.Coding.received, .smallest, .coarse] {
                var options = FaxPDF.Options()
                options.coding = coding
                _ = try FaxPDF.write(
                    from: scratch + "/a.tiff", to: scratch + "/a.pdf", metadata: FaxPDFTests.metadata, options: options)
                sizes[coding] = try bytes(of: scratch + "/a.pdf").count
                try Tool.pdfimages.run(scratch + "/a.pdf", scratch + "/\(coding)")
                let image = try #require(TestPages.bitmap(try bytes(of: scratch + "/\(coding)-000.pbm")))
                #expect(image == (coding == .coarse ? page.reduced(from: .fine, to: .standard) : page))
            }
            let (received, smallest, coarse) = (sizes[.received], sizes[.smallest], sizes[.coarse])
            #expect(try #require(smallest) < #require(received))
            #expect(try #require(coarse) < #require(smallest))
        }
    }
}

/// The texts of an XML document by the name of the element that they are in, lists taken as their only entry's.
private final class XMLTexts {
    private(set) var texts: [String: String] = [:]

    func parse(_ xml: String) {
        for match in xml.matches(of: /<((?:dc|xmp|pdf|pdfaid):[A-Za-z]+)>(.*?)<\/\1>/.dotMatchesNewlines()) {
            let bare = match.2.replacing(/<[^>]*>/, with: "")
            texts[String(match.1)] = String(bare).replacing("&lt;", with: "<").replacing("&gt;", with: ">")
                .replacing("&amp;", with: "&")
        }
    }
}
