import FaxModel
import Testing

@testable import FaxPages

@Suite("A TIFF/F is written, checked and cut")
struct FaxTIFFTests {
    /// Three pages at `path`.
    private func three(_ path: String, _ coding: FaxTIFFWriter.Coding = .g3OneDimensional) throws -> [PageBits] {
        let pages = (1...3).map { TestPages.page(UInt64($0), rows: 150 + Int($0)) }
        try TestPages.write(pages, to: path, .fine, coding)
        return pages
    }

    @Test(
        "Each coding keeps every pixel, and the tags say what it is",
        arguments: [
            (FaxTIFFWriter.Coding.g3OneDimensional, PageCompression.g3OneDimensional),
            (.g3TwoDimensional, .g3TwoDimensional), (.g4, .g4),
        ])
    func roundTrip(coding: FaxTIFFWriter.Coding, compression: PageCompression) throws {
        try withPlainScratch { scratch in
            let pages = try three(scratch + "/a.tiff", coding)
            let infos = try TIFFFile.preflight(scratch + "/a.tiff")
            #expect(infos.count == 3)
            for (index, info) in infos.enumerated() {
                #expect(info.compression == compression)
                #expect(info.resolution == .fine)
                #expect(info.rows == 151 + index)
                #expect(info.stripCount == 1 && info.isLowestBitFirst && !info.isMinIsBlack && !info.isTiled)
                #expect(info.encodedBytes > 100)
                #expect(try TIFFFile.decode(scratch + "/a.tiff", page: index).bits == pages[index])
            }
            #expect(try names(in: scratch) == ["a.tiff"])
        }
    }

    @Test("tiffinfo finds the tags that T.30 software asks for, and no date")
    func tags() throws {
        try withPlainScratch { scratch in
            _ = try three(scratch + "/a.tiff")
            let text = String(decoding: try Tool.tiffinfo.run(scratch + "/a.tiff"), as: UTF8.self)
            for wanted in [
                "Subfile Type: multi-page document", "Image Width: 1728 Image Length: 151",
                "Resolution: 204, 196 pixels/inch", "Compression Scheme: CCITT Group 3",
                "Photometric Interpretation: min-is-white", "FillOrder: lsb-to-msb", "Page Number: 0-3",
                "Page Number: 2-3", "Group 3 Options: EOL padding", "Software: Callfax",
            ] {
                #expect(text.contains(wanted), "\(wanted) in \(text)")
            }
            #expect(!text.contains("DateTime"))
            #expect(try bytes(of: scratch + "/a.tiff").starts(with: [0x49, 0x49, 42, 0]))
        }
    }

    @Test("A writer that is not finished, or that lacks a page, leaves nothing behind")
    func unfinished() throws {
        try withPlainScratch { scratch in
            do {
                var writer = try FaxTIFFWriter(path: scratch + "/a.tiff", totalPages: 2)
                try writer.add(TestPages.page(1), .fine)
                #expect(throws: FaxError.self) { try TIFFFile.inspect(scratch + "/a.tiff") }
            }
            #expect(try names(in: scratch) == [])
            var short = try FaxTIFFWriter(path: scratch + "/a.tiff", totalPages: 2)
            try short.add(TestPages.page(1), .fine)
            do throws(FaxError) {
                _ = try short.finish()
                Issue.record("a page was missing, and nobody said so")
            } catch {
                #expect(error.message.contains("1 of 2 pages"))
            }
            #expect(try names(in: scratch) == [])
        }
    }

    @Test("A directory that can't be written gives one line, and a finished file replaces the old one at once")
    func places() throws {
        try withPlainScratch { scratch in
            let error = #expect(throws: FaxError.self) {
                _ = try FaxTIFFWriter(path: scratch + "/none/a.tiff", totalPages: 1)
            }
            #expect(error?.code == .cannotCreate)
            _ = try three(scratch + "/a.tiff")
            try TestPages.write([TestPages.page(9)], to: scratch + "/a.tiff", .standard)
            #expect(try TIFFFile.inspect(scratch + "/a.tiff").count == 1)
        }
    }

    @Test("A page that doesn't decode to what was rendered is found")
    func digests() throws {
        try withPlainScratch { scratch in
            let pages = try three(scratch + "/a.tiff")
            var digests = pages.map(\.digest)
            #expect(try TIFFFile.verified(scratch + "/a.tiff", digests: digests).count == 3)
            digests[1] ^= 1
            let error = #expect(throws: FaxError.self) {
                try TIFFFile.verified(scratch + "/a.tiff", digests: digests)
            }
            #expect(error?.message.contains("page 2 does not decode to what was rendered") == true)
            digests[1] ^= 1
            #expect(throws: FaxError.self) { try TIFFFile.verified(scratch + "/a.tiff", digests: digests.dropLast()) }
            #expect(throws: FaxError.self) { try TIFFFile.verified(scratch + "/a.tiff", digests: digests + [nil]) }
            var other = pages[0]
            other.bytes[20_000] ^= 1
            #expect(other.digest != pages[0].digest)
        }
    }

    @Test("Of many pages, which several cores look at, each is found where it is")
    func manyDigests() throws {
        try withPlainScratch { scratch in
            let pages = (0..<40).map { TestPages.page(UInt64($0)) }
            try TestPages.write(pages, to: scratch + "/many.tiff", .standard)
            let digests: [UInt64?] = pages.map(\.digest)
            #expect(try TIFFFile.verified(scratch + "/many.tiff", digests: digests).count == 40)
            for place in [0, 19, 20, 39] {
                var wrong = digests
                wrong[place]? ^= 1
                let error = #expect(throws: FaxError.self) {
                    try TIFFFile.verified(scratch + "/many.tiff", digests: wrong)
                }
                #expect(error?.message.contains("page \(place + 1) does not decode") == true)
            }
        }
    }

    enum Unfit: String, CaseIterable {
        case tiled, cutInStrip, shortStrip, wrongWidth, wrongResolution, noResolution, grey, text, empty, missing

        var line: String {
            switch self {
            case .tiled: "page 1 is tiled"
            case .cutInStrip: "page 1 is damaged"
            case .shortStrip: "page 1 is damaged"
            case .wrongWidth: "page 1 is 1700 pixels wide; a fax line has 1728"
            case .wrongResolution: "page 1 has 300 x 300 pixels an inch"
            case .noResolution: "page 1 has unknown x unknown pixels an inch"
            case .grey: "page 1 has 8 bits"
            case .text: "is not a readable TIFF"
            case .empty: "is empty"
            case .missing: "can't read"
            }
        }
    }

    @Test("Preflight refuses what would be sent as a blank page or fail on the line", arguments: Unfit.allCases)
    func preflight(_ kind: Unfit) throws {
        try withPlainScratch { scratch in
            let path = scratch + "/a.tiff"
            let good = scratch + "/good.tiff"
            let page = TestPages.page(1, rows: 400)
            try TestPages.write([page], to: good, .fine)
            switch kind {
            case .tiled: try Tool.tiffcp.run("-t", "-w", "256", "-l", "256", "-c", "g4", good, path)
            case .cutInStrip:
                // Directory first, image last: what is left is a valid TIFF whose image ends too early.
                let whole = try TinyTIFF(from: good).bytes
                try write(Array(whole.dropLast(1000)), to: path)
            case .shortStrip:
                var tiny = try TinyTIFF(from: good)
                tiny.strips = [Array(tiny.strips[0].dropLast(1000))]
                try write(tiny.bytes, to: path)
            case .wrongWidth:
                var tiny = try TinyTIFF(from: good)
                tiny.width = 1700
                tiny.compression = 1
                tiny.strips = [[UInt8](repeating: 0, count: 213 * 400)]
                try write(tiny.bytes, to: path)
            case .wrongResolution:
                var tiny = try TinyTIFF(from: good)
                tiny.resolution = (300, 300)
                try write(tiny.bytes, to: path)
            case .noResolution:
                var tiny = try TinyTIFF(from: good)
                tiny.resolution = nil
                try write(tiny.bytes, to: path)
            case .grey:
                var tiny = try TinyTIFF(from: good)
                tiny.compression = 1
                tiny.bitsPerSample = 8
                tiny.strips = [[UInt8](repeating: 0, count: 1728 * 400)]
                try write(tiny.bytes, to: path)
            case .text: try write(Array("no picture".utf8), to: path)
            case .empty: try write([], to: path)
            case .missing: break
            }
            let error = #expect(throws: FaxError.self) { try TIFFFile.preflight(path) }
            #expect(error?.message.contains(kind.line) == true, "\(error?.message ?? "")")
            #expect(error?.message.contains("\n") == false)
            #expect(try TIFFFile.preflight(good).count == 1)
        }
    }

    @Test("What another program wrote passes too: T.4, T.6 or none, strips, both fill orders, both polarities")
    func foreign() throws {
        try withPlainScratch { scratch in
            let page = TestPages.page(5, rows: 300)
            try TestPages.write([page], to: scratch + "/a.tiff", .standard)
            for options in [
                ["-c", "g3:1d"], ["-c", "g3:2d:fill", "-r", "64"], ["-c", "g4", "-r", "100"],
                ["-c", "none", "-r", "1"],
                ["-c", "lzw"], ["-c", "g4", "-f", "msb2lsb"],
            ] {
                try Tool.tiffcp.run(options + [scratch + "/a.tiff", scratch + "/b.tiff"])
                #expect(try TIFFFile.preflight(scratch + "/b.tiff").first?.resolution == .standard)
                #expect(try TIFFFile.decode(scratch + "/b.tiff", page: 0).bits == page, "\(options)")
            }
            var inverted = try TinyTIFF(from: scratch + "/a.tiff")
            inverted.isMinIsBlack = true
            try write(inverted.bytes, to: scratch + "/c.tiff")
            let bits = try TIFFFile.decode(scratch + "/c.tiff", page: 0).bits
            #expect(zip(bits.bytes, page.bytes).allSatisfy { $0 == ~$1 })
        }
    }

    @Test(
        "The remaining pages are taken without coding them again, numbered anew",
        arguments: [0..<3, 1..<3, 2..<3, 0..<1])
    func extract(range: Range<Int>) throws {
        try withPlainScratch { scratch in
            for coding in [FaxTIFFWriter.Coding.g3OneDimensional, .g3TwoDimensional, .g4] {
                let pages = try three(scratch + "/a.tiff", coding)
                let infos = try TIFFFile.extract(pages: range, from: scratch + "/a.tiff", to: scratch + "/b.tiff")
                #expect(infos == Array(try TIFFFile.inspect(scratch + "/a.tiff")[range]))
                #expect(try TIFFFile.preflight(scratch + "/b.tiff") == infos)
                for (index, page) in range.enumerated() {
                    #expect(try TIFFFile.decode(scratch + "/b.tiff", page: index).bits == pages[page])
                    let coded = try TestPages.codedStrip(scratch + "/b.tiff", page: index)
                    #expect(try coded == TestPages.codedStrip(scratch + "/a.tiff", page: page))
                }
                let text = String(decoding: try Tool.tiffinfo.run(scratch + "/b.tiff"), as: UTF8.self)
                #expect(text.contains("Page Number: 0-\(range.count)"))
                if range == 0..<3 {
                    #expect(try bytes(of: scratch + "/a.tiff") == bytes(of: scratch + "/b.tiff"))
                }
            }
        }
    }

    @Test("Pages that aren't there, and a source cut short, make no file")
    func extractNothing() throws {
        try withPlainScratch { scratch in
            _ = try three(scratch + "/a.tiff")
            for range in [2..<4, 3..<4, 1..<1] {
                #expect(throws: FaxError.self) {
                    try TIFFFile.extract(pages: range, from: scratch + "/a.tiff", to: scratch + "/b.tiff")
                }
            }
            let tiny = try TinyTIFF(from: scratch + "/a.tiff").bytes
            try write(Array(tiny.dropLast(100)), to: scratch + "/c.tiff")
            #expect(throws: FaxError.self) {
                try TIFFFile.extract(pages: 0..<1, from: scratch + "/c.tiff", to: scratch + "/b.tiff")
            }
            #expect(try names(in: scratch).sorted() == ["a.tiff", "c.tiff"])
        }
    }
}
