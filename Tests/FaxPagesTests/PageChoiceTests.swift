import FaxModel
import Foundation
import Testing

@testable import FaxPages

@Suite("What a sender may choose about pages")
struct PageChoiceTests {
    @Test("Blank pages are left out if asked; a page with a word on it stays, and a fax of blank pages only is refused")
    func blank() async throws {
        try await withScratch { scratch in
            let blank = SampleDocument.Page(width: 595, height: 842, lines: [], isDecorated: false)
            let word = SampleDocument.Page(width: 595, height: 842, lines: ["x"], isDecorated: false)
            try SampleDocument(pages: [blank, word, blank, blank]).write(to: scratch + "/a")
            try SampleDocument(pages: [blank, blank]).write(to: scratch + "/b")
            var settings = RenderSettings()
            func count(_ name: String) async throws -> Int {
                try await PageRenderer().render(
                    documents: [scratch + "/" + name], settings: settings, to: scratch + "/a.tiff"
                ).count
            }
            #expect(try await count("a") == 4)
            settings.skipsBlank = true
            #expect(try await count("a") == 1)
            let error = await #expect(throws: FaxError.self) { try await count("b") }
            #expect(error?.message.contains("there is nothing on any page") == true)
        }
    }

    @Test(
        "A page as long as five sheets goes over as many pages, cut between lines, with nothing lost; or is made small")
    func long() async throws {
        try await withScratch { scratch in
            let tall = 842.0 * 5
            // Bars of 10 points every 30 points, down the whole page: 140 of them.
            var page = SampleDocument.Page(width: 595, height: tall, lines: [], isDecorated: false)
            page.extra = (0..<140).map { "100 \(tall - 30 * Double($0) - 20) 300 10 re f " }.joined()
            try SampleDocument(pages: [page]).write(to: scratch + "/a")
            var settings = RenderSettings()
            let pages = try await PageRenderer().render(
                documents: [scratch + "/a"], settings: settings, to: scratch + "/a.tiff")
            #expect((5...6).contains(pages.count))
            var bars = 0
            for index in pages.indices {
                let bits = try TIFFFile.decode(scratch + "/a.tiff", page: index).bits
                let black = (0..<bits.rows).map { bits.isBlack(x: 600, y: $0) }
                #expect(!black[0] && !black[bits.rows - 1], "a bar is cut")
                bars += zip(black, black.dropFirst()).count { !$0 && $1 }
            }
            #expect(bars == 140)
            settings.longPages = .scale
            let small = try await PageRenderer().render(
                documents: [scratch + "/a"], settings: settings, to: scratch + "/a.tiff")
            #expect(small.count == 1)
        }
    }

    @Test("A damaged page is told by its number, or stood in for by one that says so")
    func damaged() async throws {
        try await withScratch { scratch in
            var page = SampleDocument.Page(width: 595, height: 842, lines: [], isDecorated: false)
            page.extra = "100 100 200 200 re f "
            try SampleDocument(pages: [SampleDocument.Page](repeating: page, count: 12)).write(to: scratch + "/a")
            let bin = scratch + "/bin"
            try FileManager.default.createDirectory(atPath: bin, withIntermediateDirectories: false)
            // Both break at the fifth page, wherever they begin.
            let scripts = [
                "mutool": """
                #!/bin/bash
                [ "$1" = draw ] || exec /usr/bin/mutool "$@"
                for page in $(tr , ' ' <<<"${@: -1}"); do
                    [ "$page" != 5 ] || exit 1
                    /usr/bin/mutool "${@:1:$#-1}" "$page"
                done
                """, "pdftoppm": "#!/bin/sh\nexit 1\n",
            ]
            for (program, script) in scripts {
                try write(Array(script.utf8), to: bin + "/" + program)
                chmod(bin + "/" + program, 0o755)
            }
            var settings = RenderSettings()
            let renderer = PageRenderer(directories: [bin])
            let error = await #expect(throws: FaxError.self) {
                try await renderer.render(documents: [scratch + "/a"], settings: settings, to: scratch + "/a.tiff")
            }
            #expect(error?.message.contains("is damaged") == true, "\(error?.message ?? "")")
            settings.allowsDamaged = true
            let pages = try await renderer.render(
                documents: [scratch + "/a"], settings: settings, to: scratch + "/a.tiff")
            try #require(pages.count == 12)
            for index in pages.indices {
                let bits = try TIFFFile.decode(scratch + "/a.tiff", page: index).bits
                #expect((DocumentKindTests.ink(bits, 300..<830, 1500..<2000) > 0.9) == (index != 4))
                #expect((DocumentKindTests.ink(bits, 0..<1728, 80..<120) > 0.01) == (index == 4))
            }
        }
    }

    @Test("A renderer that goes on after its last page is refused", arguments: [1, 3])
    func tooMany(count: Int) async throws {
        try await withScratch { scratch in
            try SampleDocument(pages: (1...count).map { .init(.a4, lines: ["page \($0)"]) }).write(to: scratch + "/a")
            let bin = scratch + "/bin"
            try FileManager.default.createDirectory(atPath: bin, withIntermediateDirectories: false)
            let script = "#!/bin/bash\n/usr/bin/mutool \"$@\" && { [ \"$1\" != draw ] || /usr/bin/mutool \"$@\"; }\n"
            try write(Array(script.utf8), to: bin + "/mutool")
            chmod(bin + "/mutool", 0o755)
            let error = await #expect(throws: FaxError.self) {
                try await PageRenderer(directories: [bin]).render(
                    documents: [scratch + "/a"], settings: RenderSettings(), to: scratch + "/a.tiff")
            }
            #expect(error?.message.contains("what it was not asked for") == true, "\(error?.message ?? "")")
        }
    }

    @Test("A page that fails ends what is drawn beside it, however long that would take", .timeLimit(.minutes(1)))
    func failsAtOnce() async throws {
        try await withScratch { scratch in
            try SampleDocument(pages: (1...4).map { .init(.a4, lines: ["page \($0)"]) }).write(to: scratch + "/a")
            let bin = scratch + "/bin"
            try FileManager.default.createDirectory(atPath: bin, withIntermediateDirectories: false)
            // The first page takes a second to fail, so that the second one's program is there by then.
            let mutool = """
                #!/bin/bash
                [ "$1" = draw ] || exec /usr/bin/mutool "$@"
                case "${@: -1}" in 1*) exit 1 ;; esac
                exec sleep 100000
                """
            for (program, script) in ["mutool": mutool, "pdftoppm": "#!/bin/sh\nsleep 1\nexit 1\n"] {
                try write(Array(script.utf8), to: bin + "/" + program)
                chmod(bin + "/" + program, 0o755)
            }
            let error = await #expect(throws: FaxError.self) {
                try await PageRenderer(directories: [bin]).render(
                    documents: [scratch + "/a"], settings: RenderSettings(), to: scratch + "/a.tiff")
            }
            #expect(error?.message.contains("is damaged") == true, "\(error?.message ?? "")")
        }
    }

    @Test("Large black areas keep their edge and a quarter of their toner; letters stay as they are")
    func thinned() {
        var page = PageBits(width: 1728, rows: 600)
        for y in 100..<500 { for x in 200..<1000 { page.bytes[y * 216 + x / 8] |= 0x80 >> UInt8(x % 8) } }
        // A bold stroke of 12 pixels.
        for y in 100..<500 { for x in 1200..<1212 { page.bytes[y * 216 + x / 8] |= 0x80 >> UInt8(x % 8) } }
        let thin = page.thinned(at: .fine)
        #expect(DocumentKindTests.ink(thin, 1200..<1212, 100..<500) == 1)
        #expect(DocumentKindTests.ink(thin, 200..<1000, 100..<112) == 1)
        #expect(DocumentKindTests.ink(thin, 200..<212, 100..<500) == 1)
        #expect((0.2...0.3).contains(DocumentKindTests.ink(thin, 300..<900, 150..<450)))
        #expect(DocumentKindTests.ink(thin, 0..<190, 0..<600) == 0)
    }

    @Test(
        "The bits that a call carries are those of libtiff's coders, less its fill",
        arguments: [Resolution.standard, .fine])
    func lineBits(_ resolution: Resolution) throws {
        try withPlainScratch { scratch in
            let page = TestPages.page(9)
            try TestPages.write([page], to: scratch + "/a.tiff", resolution, .g4)
            let bits = try #require(try PageLineBits.pages(of: scratch + "/a.tiff").first)
            try Tool.tiffcp.run("-c", "g4", scratch + "/a.tiff", scratch + "/b.tiff")
            // T.6 has no fill but in its last byte.
            let g4 = try TestPages.codedStrip(scratch + "/b.tiff", page: 0).count
            #expect((bits.t6 + 7) / 8 == g4)
            try Tool.tiffcp.run("-c", "g3:1d", scratch + "/a.tiff", scratch + "/b.tiff")
            let g3 = try TestPages.codedStrip(scratch + "/b.tiff", page: 0).count
            #expect((g3 - 1...g3 + 1).contains((bits.oneDimensional + 7) / 8))
        }
    }
}
