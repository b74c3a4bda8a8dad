import FaxModel
import Foundation
import Testing

@testable import FaxPages

@Suite("Whatever a PDF's page tree counts, each page that is there is sent once, and each that isn't is told")
struct PageTreeTests {
    struct Tree: CustomTestStringConvertible, Sendable {
        let testDescription: String
        /// Object 2, whose kids are the pages 3, 4 and 5, or node 9.
        let root: String
        var node = "null"
        /// What object 1 has besides its type.
        var catalog = "/Pages 2 0 R"
        /// The pages that come of it: each by its mark, 0 for one that is missing.
        let pages: [Int]
        /// Of the first that is missing.
        var line = ""

        static let whole = Tree(
            testDescription: "whole", root: "/Count 3 /Kids [3 0 R 4 0 R 5 0 R]", pages: [1, 2, 3])

        static let all = [
            Tree(
                testDescription: "counts too many", root: "/Count 5 /Kids [3 0 R 4 0 R 5 0 R]", pages: [1, 2, 3, 0, 0],
                line: "page 4 of 5 is missing: it is counted and not there"),
            Tree(testDescription: "counts too few", root: "/Count 2 /Kids [3 0 R 4 0 R 5 0 R]", pages: [1, 2, 3]),
            Tree(testDescription: "counts none", root: "/Count 0 /Kids [3 0 R 4 0 R 5 0 R]", pages: [1, 2, 3]),
            Tree(testDescription: "doesn't count", root: "/Kids [3 0 R 4 0 R 5 0 R]", pages: [1, 2, 3]),
            Tree(
                testDescription: "a kid that isn't there", root: "/Count 3 /Kids [3 0 R 99 0 R 5 0 R]",
                pages: [1, 0, 3],
                line: "page 2 of 3 is missing: no page is in its place"),
            Tree(
                testDescription: "a kid that is a number", root: "/Count 3 /Kids [3 0 R 17 5 0 R]", pages: [1, 0, 3],
                line: "page 2 of 3 is missing: no page is in its place"),
            Tree(
                testDescription: "a kid that was removed, and isn't counted", root: "/Count 2 /Kids [3 0 R null 5 0 R]",
                pages: [1, 3]),
            Tree(
                testDescription: "a cycle", root: "/Count 4 /Kids [3 0 R 2 0 R 4 0 R 5 0 R]", pages: [1, 0, 2, 3],
                line: "page 2 of 4 is missing: no page is in its place"),
            Tree(
                testDescription: "a node that counts none", root: "/Count 3 /Kids [3 0 R 9 0 R 5 0 R]",
                node: "<< /Type /Pages /Parent 2 0 R /Count 0 /Kids [4 0 R] >>", pages: [1, 2, 3]),
            Tree(
                testDescription: "a node that counts too many", root: "/Count 3 /Kids [9 0 R 4 0 R 5 0 R]",
                node: "<< /Type /Pages /Parent 2 0 R /Count 2 /Kids [3 0 R] >>", pages: [1, 2, 3]),
            Tree(
                testDescription: "a node that counts too few", root: "/Count 3 /Kids [9 0 R 5 0 R]",
                node: "<< /Type /Pages /Parent 2 0 R /Count 1 /Kids [3 0 R 4 0 R] >>", pages: [1, 2, 3]),
            Tree(
                testDescription: "a node without pages", root: "/Count 3 /Kids [3 0 R 9 0 R 5 0 R]",
                node: "<< /Type /Pages /Parent 2 0 R /Count 1 /Kids [] >>", pages: [1, 3, 0],
                line: "page 3 of 3 is missing: it is counted and not there"),
            Tree(
                testDescription: "a page twice", root: "/Count 3 /Kids [3 0 R 4 0 R 3 0 R]", pages: [1, 2, 1]),
        ]

        /// Pages with a mark of their own and a paper that they inherit.
        var bytes: [UInt8] {
            var objects = ["<< /Type /Catalog \(catalog)\n>>", "<< /Type /Pages /MediaBox [0 0 595 842] \(root) >>"]
            objects += (6...8).map { "<< /Type /Page /Parent 2 0 R /Contents \($0) 0 R /Resources << >> >>" }
            objects += (1...3).map { mark in
                let content = "\(100 * mark) 400 80 80 re f"
                return "<< /Length \(content.utf8.count) >>\nstream\n\(content)\nendstream"
            }
            return RefusedDocumentTests.assemble(objects + [node])
        }
    }

    @Test(arguments: Tree.all)
    func sent(_ tree: Tree) async throws {
        try await withScratch { scratch in
            try write(tree.bytes, to: scratch + "/a")
            var settings = RenderSettings()
            if tree.pages.contains(0) {
                let error = await #expect(throws: FaxError.self) {
                    try await PageRenderer().render(
                        documents: [scratch + "/a"], settings: settings, to: scratch + "/a.tiff")
                }
                #expect(error?.message == "\"\(scratch)/a\" is damaged: \(tree.line)")
                settings.allowsDamaged = true
            }
            _ = try await PageRenderer(workplace: scratch).render(
                documents: [scratch + "/a"], settings: settings, to: scratch + "/a.tiff")
            #expect(try Self.marks(scratch + "/a.tiff") == tree.pages)
            #expect(try names(in: scratch).sorted() == ["a", "a.tiff"])
        }
    }

    @Test("A page that isn't there is told though MuPDF can draw none, and which one Poppler draws is the same")
    func poppler() async throws {
        try await withScratch { scratch in
            let tree = try #require(Tree.all.first { $0.testDescription == "a node that counts none" })
            try write(tree.bytes, to: scratch + "/a")
            let bin = scratch + "/bin"
            try FileManager.default.createDirectory(atPath: bin, withIntermediateDirectories: false)
            symlink("/usr/bin/pdftoppm", bin + "/pdftoppm")
            try write(Array("#!/bin/sh\n[ \"$1\" != draw ] && exec mutool \"$@\"\n".utf8), to: bin + "/mutool")
            chmod(bin + "/mutool", 0o755)
            _ = try await PageRenderer(directories: [bin]).render(
                documents: [scratch + "/a"], settings: RenderSettings(), to: scratch + "/a.tiff")
            #expect(try Self.marks(scratch + "/a.tiff") == [1, 2, 3])
        }
    }

    @Test("A linearized file's own count, which Poppler believes, makes no difference", arguments: [2, 5])
    func linearized(count: Int) async throws {
        try await withScratch { scratch in
            try write(Tree.whole.bytes, to: scratch + "/plain")
            try Tool.qpdf.run("--linearize", scratch + "/plain", scratch + "/a")
            var file = try bytes(of: scratch + "/a")
            let place = try #require(file.indices.first { file[$0...].starts(with: Array("/N 3 /T".utf8)) })
            file[place + 3] = UInt8(ascii: "0") + UInt8(count)
            try write(file, to: scratch + "/a")
            _ = try await PageRenderer().render(
                documents: [scratch + "/a"], settings: RenderSettings(), to: scratch + "/a.tiff")
            #expect(try Self.marks(scratch + "/a.tiff") == [1, 2, 3])
        }
    }

    @Test("Of pages that are all missing no fax is made")
    func allMissing() async throws {
        try await withScratch { scratch in
            let tree = Tree(testDescription: "", root: "/Count 2 /Kids [17 18]", pages: [])
            try write(tree.bytes, to: scratch + "/a")
            var settings = RenderSettings()
            settings.allowsDamaged = true
            let error = await #expect(throws: FaxError.self) {
                try await PageRenderer().render(
                    documents: [scratch + "/a"], settings: settings, to: scratch + "/a.tiff")
            }
            #expect(error?.message.contains("page 1 of 2 is missing") == true, "\(error?.message ?? "")")
        }
    }

    @Test(
        "Where MuPDF finds no page, what qpdf makes of the document is sent, if damage is allowed and qpdf is there, and the fax says so"
    )
    func qpdf() async throws {
        try await withScratch { scratch in
            var tree = Tree.whole
            tree.catalog = "x /Pages 2 0 R"
            try write(tree.bytes, to: scratch + "/a")
            var settings = RenderSettings()
            let bin = scratch + "/bin"
            try FileManager.default.createDirectory(atPath: bin, withIntermediateDirectories: false)
            symlink("/usr/bin/mutool", bin + "/mutool")
            for (isAllowed, directories) in [(false, nil), (true, [bin])] {
                settings.allowsDamaged = isAllowed
                let error = await #expect(throws: FaxError.self) {
                    try await PageRenderer(directories: directories).render(
                        documents: [scratch + "/a"], settings: settings, to: scratch + "/a.tiff")
                }
                #expect(error?.message == "\"\(scratch)/a\" has no pages")
            }
            _ = try await PageRenderer(workplace: scratch).render(
                documents: [scratch + "/a"], settings: settings, to: scratch + "/a.tiff")
            #expect(try Self.marks(scratch + "/a.tiff") == [1, 2, 3, 0])
            #expect(try names(in: scratch).sorted() == ["a", "a.tiff", "bin"])
        }
    }

    @Test(
        "What neither MuPDF nor qpdf can mend is told in one line",
        arguments: ["/Pages 2 0", "/Pages 77 0 R", "% 2 0 R"])
    func hopeless(catalog: String) async throws {
        try await withScratch { scratch in
            var tree = Tree.whole
            tree.catalog = catalog
            try write(tree.bytes, to: scratch + "/a")
            var settings = RenderSettings()
            settings.allowsDamaged = true
            let error = await #expect(throws: FaxError.self) {
                try await PageRenderer(workplace: scratch).render(
                    documents: [scratch + "/a"], settings: settings, to: scratch + "/a.tiff")
            }
            #expect(error?.code == .data)
            let message = error?.message ?? ""
            #expect(message.hasPrefix("\"\(scratch)/a\" ") && !message.contains("\n"), "\(message)")
            #expect(try names(in: scratch) == ["a"])
        }
    }

    @Test("A mended copy may be as large as the document, and as much larger as any file may be")
    func large() async throws {
        try await withScratch { scratch in
            var tree = try #require(Tree.all.first { $0.testDescription == "counts too few" })
            tree.node = "<< /Length 99999 >>\nstream\n\(String(repeating: "x", count: 99_999))\nendstream"
            // Garbage is left out of a copy.
            tree.catalog = "/Pages 2 0 R /Large 9 0 R"
            try write(tree.bytes, to: scratch + "/a")
            _ = try await PageRenderer(limits: RendererLimits(fileSize: 20_000)).render(
                documents: [scratch + "/a"], settings: RenderSettings(), to: scratch + "/a.tiff")
            #expect(try Self.marks(scratch + "/a.tiff") == [1, 2, 3])
        }
    }

    /// Which page each is by its mark; 0 for one that says that it is missing.
    private static func marks(_ fax: String) throws -> [Int] {
        try (0..<TIFFFile.inspect(fax).count).map { index in
            let bits = try TIFFFile.decode(fax, page: index).bits
            let found = (1...3).filter { mark in
                let left = 22 + mark * 283
                return DocumentKindTests.ink(bits, left + 20..<left + 200, 1000..<1180) > 0.9
            }
            let isMissing = DocumentKindTests.ink(bits, 0..<1728, 80..<120) > 0.01
            #expect(found.count == (isMissing ? 0 : 1))
            return found.first ?? 0
        }
    }
}
