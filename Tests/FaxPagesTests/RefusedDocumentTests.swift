import FaxModel
import Foundation
import Testing

@testable import FaxPages

@Suite("A document that can't be sent is refused with a line of its own, and nothing is left behind")
struct RefusedDocumentTests {
    enum Unusable: String, CaseIterable {
        case missing, noise, empty, encrypted, damaged, noPages, directory, overtime, overMemory

        var line: String {
            switch self {
            case .missing: "can't read"
            case .noise: "is no PDF, PostScript, TIFF, PNG, JPEG, text or office document"
            case .empty: "is empty"
            case .encrypted: "is encrypted and needs a password"
            case .damaged: "is damaged"
            case .noPages: "has no pages"
            case .directory: "is not a regular file"
            case .overtime: "took longer to draw than 1 s"
            case .overMemory: "needs more memory to draw than 60 MB"
            }
        }

        var code: FaxError.Code { self == .missing || self == .directory ? .noInput : .data }
    }

    @Test("Each has its own line and exit code", arguments: Unusable.allCases)
    func refused(_ kind: Unusable) async throws {
        try await withScratch { scratch in
            let path = scratch + "/a.pdf"
            let whole = SampleDocument.demonstration.pdf
            var settings = RenderSettings()
            var limits = RendererLimits()
            switch kind {
            case .missing: break
            case .noise: try write([0, 1, 2, 3, 250, 251], to: path)
            case .empty: try write([], to: path)
            case .encrypted:
                try write(whole, to: scratch + "/plain")
                try Tool.qpdf.run("--encrypt", "secret", "owner", "256", "--", scratch + "/plain", path)
                try FileManager.default.removeItem(atPath: scratch + "/plain")
            case .damaged: try write(Array(whole.prefix(whole.count / 2)), to: path)
            case .noPages: try write(SampleDocument(pages: []).pdf, to: path)
            case .directory: try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
            case .overtime:
                try write(Self.endless, to: path)
                settings.deadline = .seconds(1)
            case .overMemory:
                // Enough for MuPDF to look, not for the 9 MB of a page.
                try write(whole, to: path)
                settings.resolution = .superfine
                settings.paper = .legal
                limits.addressSpace = 60 << 20
            }
            let error = await #expect(throws: FaxError.self) {
                try await PageRenderer(limits: limits).render(
                    documents: [path], settings: settings, to: scratch + "/a.tiff")
            }
            #expect(error?.code == kind.code)
            #expect(error?.message.contains(kind.line) == true, "\(error?.message ?? "")")
            #expect(error?.message.contains("a.pdf") == true)
            #expect(error?.message.contains("\n") == false)
            #expect(try names(in: scratch) == (kind == .missing ? [] : ["a.pdf"]))
        }
    }

    @Test("A PDF is known by its content, not by its name, and one that only its owner may change is drawn")
    func byContent() async throws {
        try await withScratch { scratch in
            try write(Array("junk before\n".utf8) + SampleDocument.demonstration.pdf, to: scratch + "/plain.txt")
            try SampleDocument.demonstration.write(to: scratch + "/b")
            try Tool.qpdf.run("--encrypt", "", "owner", "256", "--", scratch + "/b", scratch + "/-c.doc")
            let pages = try await PageRenderer().render(
                documents: [scratch + "/plain.txt", scratch + "/-c.doc"], settings: .init(), to: scratch + "/a.tiff")
            #expect(pages.count == 4)
        }
    }

    @Test("Without MuPDF one line says what to install")
    func notInstalled() async throws {
        try await withScratch { scratch in
            try SampleDocument.demonstration.write(to: scratch + "/a.pdf")
            let error = await #expect(throws: FaxError.self) {
                try await PageRenderer(directories: [scratch]).render(
                    documents: [scratch + "/a.pdf"], settings: .init(), to: scratch + "/a.tiff")
            }
            #expect(error?.code == .unavailable)
            #expect(error?.message == "mutool is not installed; install the package mupdf-tools")
        }
    }

    @Test("A renderer that is out of CPU time is stopped by the kernel, and the line says so")
    func cpu() async throws {
        try await withScratch { scratch in
            try write(Self.endless, to: scratch + "/a.pdf")
            let error = await #expect(throws: FaxError.self) {
                try await PageRenderer(limits: RendererLimits(cpuSeconds: 1)).render(
                    documents: [scratch + "/a.pdf"], settings: .init(), to: scratch + "/a.tiff")
            }
            #expect(error?.message.contains("took more than 1 s of CPU") == true, "\(error?.message ?? "")")
        }
    }

    @Test("A cancelled task stops the renderer and throws CancellationError")
    func cancelled() async throws {
        try await withScratch { scratch in
            try write(Self.endless, to: scratch + "/a.pdf")
            let began = AsyncStream<Void>.makeStream()
            let task = Task {
                try await PageRenderer().render(
                    documents: [scratch + "/a.pdf"], settings: .init(), to: scratch + "/a.tiff"
                ) { _, _ in began.continuation.yield() }
            }
            for await _ in began.stream { break }
            task.cancel()
            await #expect(throws: CancellationError.self) { try await task.value }
            #expect(try names(in: scratch) == ["a.pdf"])
        }
    }

    /// A page on which a form draws a form that draws a form, ten times each: 10 to the 9th rectangles.
    static var endless: [UInt8] {
        var objects = [
            "<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
                + "/Resources << /XObject << /X 5 0 R >> >> >>",
            "<< /Length 5 >>\nstream\n/X Do\nendstream",
        ]
        for level in 0..<9 {
            let content = String(repeating: level == 8 ? "0 0 500 800 re f " : "/X Do ", count: 10)
            let resources = level == 8 ? "" : "/Resources << /XObject << /X \(6 + level) 0 R >> >> "
            objects.append(
                "<< /Type /XObject /Subtype /Form /BBox [0 0 595 842] \(resources)/Length \(content.utf8.count) >>\n"
                    + "stream\n\(content)\nendstream")
        }
        return assemble(objects)
    }

    static func assemble(_ objects: [String]) -> [UInt8] {
        var out = "%PDF-1.4\n"
        var offsets: [Int] = []
        for (index, object) in objects.enumerated() {
            offsets.append(out.utf8.count)
            out += "\(index + 1) 0 obj\n\(object)\nendobj\n"
        }
        let start = out.utf8.count
        out += "xref\n0 \(objects.count + 1)\n0000000000 65535 f \n"
        for offset in offsets { out += String(repeating: "0", count: 10 - "\(offset)".count) + "\(offset) 00000 n \n" }
        out += "trailer\n<< /Size \(objects.count + 1) /Root 1 0 R >>\nstartxref\n\(start)\n%%EOF\n"
        return Array(out.utf8)
    }
}
