import FaxModel
import Foundation
import Testing

@testable import FaxPages

@Suite("What isn't a PDF becomes fax pages too")
struct DocumentKindTests {
    @Test(
        "What a document is comes from what is in it",
        arguments: [
            ("%PDF-1.7\n", DocumentKind.pdf), ("junk\n%PDF-1.4", .pdf), ("%!PS-Adobe-3.0", .postScript),
            ("II*\0abc", .tiff), ("MM\0*abc", .tiff), ("GIF89a", .picture(ending: "gif")),
            ("{\\rtf1 x}", .office(ending: "rtf")), ("Dear Sir,\n\tÄ", .text),
            ("PK\u{3}\u{4}....mimetypeapplication/vnd.oasis.opendocument.text", .office(ending: "odt")),
            ("PK\u{3}\u{4}....[Content_Types].xml....word/document.xml", .office(ending: "docx")),
            ("PK\u{3}\u{4}....xl/workbook.xml", .office(ending: "xlsx")),
        ])
    func kinds(start: String, kind: DocumentKind) {
        #expect(DocumentKind.kind(Array(start.utf8)) == kind)
    }

    @Test(
        "What nobody should get as pages of source or noise is refused",
        arguments: [
            "PK\u{3}\u{4}....photo.raw", "\u{7F}ELF\u{2}\u{1}", "<!DOCTYPE html><p>", "<?xml version='1.0'?><svg/>",
            "a\0b",
        ])
    func refused(start: String) {
        #expect(DocumentKind.kind(Array(start.utf8)) == nil)
    }

    @Test("Pictures, scans and PostScript are drawn where they belong", arguments: ["png", "jpeg", "tiff", "ps"])
    func drawn(_ kind: String) async throws {
        try await withScratch { scratch in
            // Black in the left upper quarter of a sheet of A4, at 100 pixels an inch.
            let (width, height) = (827, 1169)
            var picture = Array("P5 \(width) \(height) 255\n".utf8)
            for y in 0..<height { for x in 0..<width { picture.append(x < width / 2 && y < height / 2 ? 0 : 255) } }
            try write(picture, to: scratch + "/a.pgm")
            let document = scratch + "/document"
            switch kind {
            case "png": try write(try Tool.pnmtopng.run(scratch + "/a.pgm"), to: document)
            case "jpeg": try write(try Tool.pnmtojpeg.run(scratch + "/a.pgm"), to: document)
            case "tiff": try write(try Tool.pnmtotiff.run(scratch + "/a.pgm"), to: document)
            default:
                try write(
                    Array("%!PS\n0 421 moveto 0 842 lineto 298 842 lineto 298 421 lineto fill showpage\n".utf8),
                    to: document)
            }
            let pages = try await PageRenderer().render(
                documents: [document], settings: .init(quality: .document), to: scratch + "/a.tiff")
            try #require(pages.count == 1)
            let bits = try TIFFFile.decode(scratch + "/a.tiff", page: 0).bits
            #expect(Self.ink(bits, 0..<840, 0..<1100) > 0.9)
            #expect(Self.ink(bits, 890..<1728, 0..<2292) < 0.01)
            #expect(Self.ink(bits, 0..<1728, 1200..<2292) < 0.01)
            #expect(try names(in: scratch).sorted() == ["a.pgm", "a.tiff", "document"])
        }
    }

    @Test("A photograph that says it lies on its side is turned, as EXIF asks")
    func exif() async throws {
        try await withScratch { scratch in
            // Black on the left half; orientation 6: what is left goes to the top (EXIF 2.3 §4.6.4).
            var picture = Array("P5 800 400 255\n".utf8)
            for _ in 0..<400 { for x in 0..<800 { picture.append(x < 400 ? 0 : 255) } }
            try write(picture, to: scratch + "/a.pgm")
            var jpeg = try Tool.pnmtojpeg.run(scratch + "/a.pgm")
            let exif: [UInt8] =
                Array("Exif\0\0II*\0".utf8) + [8, 0, 0, 0, 1, 0, 0x12, 1, 3, 0, 1, 0, 0, 0, 6, 0, 0, 0, 0, 0, 0, 0]
            jpeg.insert(contentsOf: [0xFF, 0xE1, 0, UInt8(exif.count + 2)] + exif, at: 2)
            try write(jpeg, to: scratch + "/a")
            _ = try await PageRenderer().render(
                documents: [scratch + "/a"], settings: .init(quality: .document), to: scratch + "/a.tiff")
            let bits = try TIFFFile.decode(scratch + "/a.tiff", page: 0).bits
            // 300 x 600 points, centred: 850 pixels wide, the upper 816 rows black.
            #expect(Self.ink(bits, 460..<1260, 10..<790) > 0.9)
            #expect(Self.ink(bits, 0..<1728, 840..<2292) < 0.01)
        }
    }

    @Test("Text is set in any script that fonts are there for, from right to left as well")
    func text() async throws {
        try await withScratch { scratch in
            try write(Array("Grüße, Ελλάδα, Москва\n".utf8), to: scratch + "/left")
            try write(Array("שלום עולם\n".utf8), to: scratch + "/right")
            _ = try await PageRenderer().render(
                documents: [scratch + "/left", scratch + "/right"], settings: .init(), to: scratch + "/a.tiff")
            let left = try TIFFFile.decode(scratch + "/a.tiff", page: 0).bits
            let right = try TIFFFile.decode(scratch + "/a.tiff", page: 1).bits
            #expect(Self.ink(left, 100..<864, 0..<400) > 0.002)
            #expect(Self.ink(left, 864..<1728, 0..<400) == 0)
            #expect(Self.ink(right, 0..<864, 0..<400) == 0)
            #expect(Self.ink(right, 864..<1650, 0..<400) > 0.001)
        }
    }

    @Test(
        "Text that can't be set whole is refused with what to do",
        arguments: [
            (Array("caf\u{E9}".unicodeScalars.map { UInt8($0.value) }), "not in UTF-8; convert it"),
            (Array(" \n\t\n".utf8), "nothing in it but spaces"),
            (Array("\u{10A80}".utf8), "no installed font has U+10A80"),
        ])
    func unusable(text: [UInt8], words: String) async throws {
        try await withScratch { scratch in
            try write(text, to: scratch + "/a")
            let error = await #expect(throws: FaxError.self) {
                try await PageRenderer().render(documents: [scratch + "/a"], settings: .init(), to: scratch + "/a.tiff")
            }
            #expect(error?.message.contains(words) == true, "\(error?.message ?? "")")
            #expect(try names(in: scratch) == ["a"])
        }
    }

    @Test("An office document needs LibreOffice, and one line says so where it is missing")
    func office() async throws {
        try await withScratch { scratch in
            let bin = scratch + "/bin"
            try FileManager.default.createDirectory(atPath: bin, withIntermediateDirectories: false)
            symlink("/usr/bin/mutool", bin + "/mutool")
            try write(Array("{\\rtf1 Dear Sir}".utf8), to: scratch + "/letter")
            func send() async throws -> Int {
                try await PageRenderer(directories: [bin]).render(
                    documents: [scratch + "/letter"], settings: .init(), to: scratch + "/a.tiff"
                ).count
            }
            let error = await #expect(throws: FaxError.self) { try await send() }
            let why = "soffice is not installed; install the package libreoffice-writer-nogui"
            #expect(error?.message == "\"\(scratch)/letter\" can't be converted: \(why)")
            // One that converts as LibreOffice does, by the same words.
            try SampleDocument.demonstration.write(to: bin + "/made.pdf")
            let script = """
                #!/bin/sh
                while [ "$1" != --outdir ]; do shift; done
                [ -f "$3" ] && cat \(bin)/made.pdf > "$2/out.pdf"
                """
            try write(Array(script.utf8), to: bin + "/soffice")
            chmod(bin + "/soffice", 0o755)
            #expect(try await send() == 2)
        }
    }

    @Test(
        "A TIFF of fax pages goes as it is, in any coding and bit order",
        arguments: [
            ["-c", "g3:1d"], ["-c", "g3:2d"], ["-c", "g4"], ["-f", "msb2lsb", "-c", "g4"],
            ["-f", "lsb2msb", "-c", "g3:2d"],
        ])
    func fax(_ coding: [String]) async throws {
        try await withScratch { scratch in
            let pages = [TestPages.page(1), TestPages.page(2, rows: 2500), TestPages.page(3, rows: 40)]
            try TestPages.write(pages, to: scratch + "/plain.tiff", .fine)
            try Tool.tiffcp.run(coding + [scratch + "/plain.tiff", scratch + "/a"])
            _ = try await PageRenderer().render(documents: [scratch + "/a"], settings: .init(), to: scratch + "/b.tiff")
            for (index, page) in pages.enumerated() {
                #expect(try TIFFFile.decode(scratch + "/b.tiff", page: index).bits == page)
            }
        }
    }

    @Test("Fax pages with half or a quarter of the lines have each line repeated")
    func raised() async throws {
        try await withScratch { scratch in
            let page = TestPages.page(4, rows: 300)
            try TestPages.write([page], to: scratch + "/a", .standard)
            for (resolution, factor) in [(Resolution.fine, 2), (.superfine, 4)] {
                _ = try await PageRenderer().render(
                    documents: [scratch + "/a"], settings: .init(resolution: resolution), to: scratch + "/b.tiff")
                let bits = try TIFFFile.decode(scratch + "/b.tiff", page: 0).bits
                #expect(bits.rows == factor * 300)
                #expect((0..<bits.rows).allSatisfy { bits.row($0).elementsEqual(page.row($0 / factor)) })
            }
        }
    }

    @Test("A fax that was cut short is refused with the page's number, or sent as far as it goes")
    func damagedFax() async throws {
        try await withScratch { scratch in
            try TestPages.write([TestPages.page(1), TestPages.page(2)], to: scratch + "/a", .fine)
            var file = try bytes(of: scratch + "/a")
            let second = try TestPages.codedStrip(scratch + "/a", page: 1)
            let place = try #require(file.indices.last { file[$0...].starts(with: second) })
            for index in place + 200..<place + 260 { file[index] ^= 0x5A }
            try write(file, to: scratch + "/a")
            var settings = RenderSettings()
            let error = await #expect(throws: FaxError.self) {
                try await PageRenderer().render(
                    documents: [scratch + "/a"], settings: settings, to: scratch + "/b.tiff")
            }
            #expect(error?.message.contains("is damaged: page 2:") == true, "\(error?.message ?? "")")
            settings.allowsDamaged = true
            let pages = try await PageRenderer().render(
                documents: [scratch + "/a"], settings: settings, to: scratch + "/b.tiff")
            #expect(pages.count == 2)
        }
    }

    @Test("A password opens what needs one; a wrong one is told, and none is left behind")
    func password() async throws {
        try await withScratch { scratch in
            try SampleDocument.demonstration.write(to: scratch + "/plain")
            try Tool.qpdf.run("--encrypt", "open sesame", "owner", "256", "--", scratch + "/plain", scratch + "/locked")
            try write(Array("open sesame\n".utf8), to: scratch + "/right")
            try write(Array("simsim\n".utf8), to: scratch + "/wrong")
            let opened = try await PageRenderer().open(scratch + "/locked", passwordFile: scratch + "/right")
            let pdf = try #require(opened)
            let pages = try await PageRenderer().render(
                documents: [pdf.path], settings: .init(), to: scratch + "/a.tiff")
            #expect(pages.count == 2)
            let error = await #expect(throws: FaxError.self) {
                try await PageRenderer().open(scratch + "/locked", passwordFile: scratch + "/wrong")
            }
            #expect(error?.message.contains("is not the right one") == true, "\(error?.message ?? "")")
            #expect(try await PageRenderer().open(scratch + "/plain", passwordFile: scratch + "/right") == nil)
        }
    }

    @Test("What a killed program left of a document is removed by the next one, and nothing else")
    func forgotten() throws {
        try withPlainScratch { scratch in
            for name in ["callfax-document-old", "callfax-document-new", "other"] {
                try FileManager.default.createDirectory(
                    atPath: "\(scratch)/\(name)/profile", withIntermediateDirectories: true)
                try write([1], to: "\(scratch)/\(name)/profile/in.pdf")
                let old = timeval(tv_sec: time(nil) - 7200, tv_usec: 0)
                if name != "callfax-document-new" { utimes("\(scratch)/\(name)", [old, old]) }
            }
            let place = try JobDirectory(in: scratch)
            let made = String(place.path.dropFirst(scratch.count + 1))
            #expect(try Set(names(in: scratch)) == [made, "callfax-document-new", "other"])
            #expect(FileManager.default.fileExists(atPath: place.path))
        }
    }

    /// The share of black in a part of a page.
    static func ink(_ bits: PageBits, _ columns: Range<Int>, _ rows: Range<Int>) -> Double {
        var black = 0
        for y in rows { for x in columns where bits.isBlack(x: x, y: y) { black += 1 } }
        return Double(black) / Double(columns.count * rows.count)
    }
}
