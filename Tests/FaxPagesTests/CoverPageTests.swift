import FaxModel
import Foundation
import Testing

@testable import FaxPages

@Suite("A cover page is drawn by librsvg, and nothing that is said on it can do harm")
struct CoverPageTests {
    private static var installed: String {
        URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("../../Sources/FaxPages/Cover/cover.svg").standardized.path
    }

    private func fields(_ comments: String) throws -> CoverFields {
        CoverFields(
            toName: try RecipientName(parsing: "Ελένη Παπαδοπούλου"), toNumber: try FaxNumber(parsing: "+49301234567"),
            fromName: try CoverLine(parsing: "Müller & Söhne <GmbH>"), fromNumber: try StationID(parsing: "+49 30 555"),
            regarding: try CoverLine(parsing: "Щука"), comments: try CoverComments(parsing: comments),
            date: "2026-11-24 14:30", pages: 3, columns: ["company": "Łódź Ltd"])
    }

    private func told(_ pdf: String) throws -> String {
        String(decoding: try Tool.pdftotext.run("-layout", pdf, "-"), as: UTF8.self)
    }

    /// A template of one text, and what is before it.
    private func template(_ before: String = "", text: String = "${to.name}") throws(FaxError) -> CoverTemplate {
        try CoverTemplate(
            parsing: """
                <svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="100" height="100">
                \(before)<text x="5" y="50">\(text)</text></svg>
                """, name: "t.svg")
    }

    @Test("The installed template is one page with everything on it, in every script", arguments: Resolution.allCases)
    func installedTemplate(resolution: Resolution) async throws {
        try await withScratch { scratch in
            let template = try CoverTemplate(reading: Self.installed)
            let pdf = scratch + "/cover.pdf"
            try await CoverPage.write(
                template: template, fields: try fields("Grüße,\n\nשלום עולם\nlast line"), to: pdf)
            let text = try told(pdf)
            for expected in [
                "Ελένη Παπαδοπούλου", "+49301234567", "Müller & Söhne <GmbH>", "+49 30 555", "Щука", "Łódź Ltd",
                "2026-11-24 14:30", "3, with this one", "Grüße,", "שלום", "עולם", "last line",
            ] {
                #expect(text.contains(expected), "\(expected) in \(text)")
            }
            let pages = try await PageRenderer().render(
                documents: [pdf], settings: RenderSettings(resolution: resolution), to: scratch + "/cover.tiff")
            #expect(pages.map(\.resolution) == [resolution])
            let bits = try TIFFFile.decode(scratch + "/cover.tiff", page: 0).bits
            // Nothing in the header line's rows and in the margins.
            #expect(bits.bytes.prefix(PageHeader.rows(at: resolution) * bits.bytesPerRow).allSatisfy { $0 == 0 })
            for row in 0..<bits.rows {
                #expect(
                    bits.row(row).prefix(18).allSatisfy { $0 == 0 } && bits.row(row).suffix(9).allSatisfy { $0 == 0 })
            }
            #expect(bits.bytes.contains { $0 != 0 })
            #expect(try names(in: scratch).sorted() == ["cover.pdf", "cover.tiff"])
        }
    }

    @Test(
        "Too much of everything is still one page within its margins",
        arguments: [
            String(repeating: "W", count: 10_000), String(repeating: "word ", count: 4000),
            String(repeating: "\n", count: 19_999) + "x", "\u{202E}\u{200F}שלום</text><script>\u{2067}",
            "a" + String(repeating: "\u{301}", count: 9000),
        ])
    func tooMuch(comments: String) async throws {
        try await withScratch { scratch in
            var all = try fields(comments)
            all.toName = try RecipientName(parsing: String(repeating: "Ж", count: 100))
            all.regarding = try CoverLine(parsing: String(repeating: "regarding ", count: 24))
            all.columns["company"] = String(repeating: "very long ", count: 1000)
            let pdf = scratch + "/cover.pdf"
            try await CoverPage.write(template: try CoverTemplate(reading: Self.installed), fields: all, to: pdf)
            let pages = try await PageRenderer().render(
                documents: [pdf], settings: RenderSettings(), to: scratch + "/cover.tiff")
            #expect(pages.count == 1)
            let bits = try TIFFFile.decode(scratch + "/cover.tiff", page: 0).bits
            let bottom = bits.bytes.suffix(60 * bits.bytesPerRow)
            #expect(bottom.allSatisfy { $0 == 0 })
        }
    }

    @Test("An embedded picture is drawn, one from outside never, however the reference is written")
    func references() async throws {
        try await withScratch { scratch in
            try write(Array("text { display: none }".utf8), to: scratch + "/hide.css")
            // Both are written so that our own look at the template doesn't see them.
            for style in [
                "<style>@\\69mport 'file://\(scratch)/hide.css';</style>",
                "<style>@\\69mport '../hide.css'; @\\69mport 'hide.css';</style>",
            ] {
                let pdf = scratch + "/cover.pdf"
                try await CoverPage.write(
                    template: try template(style), fields: try fields("x"), to: pdf)
                #expect(try told(pdf).contains("Ελένη"))
                try FileManager.default.removeItem(atPath: pdf)
            }
            // A black square of four pixels.
            let square =
                "iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAAAAABX3VL4AAAAC0lEQVR4nGNgAAEAAAYAAf6MZ8gAAAAASUVORK5CYII="
            let picture = """
                <rect width="100" height="100" fill="white"/>
                <image x="10" y="10" width="20" height="20" xlink:href="data:image/png;base64,\(square)"/>
                """
            try await CoverPage.write(
                template: try template(picture, text: ""), fields: try fields("x"), to: scratch + "/cover.pdf")
            let listed = String(decoding: try Tool.pdfimages.run("-list", scratch + "/cover.pdf"), as: UTF8.self)
            #expect(listed.split(separator: "\n").count == 3, "\(listed)")
            #expect(try names(in: scratch).sorted() == ["cover.pdf", "hide.css"])
        }
    }

    enum Undrawable: String, CaseIterable {
        case badXML, overtime, overMemory, notInstalled, noDirectory

        var line: String {
            switch self {
            case .badXML: "cover page \"t.svg\" can't be drawn: "
            case .overtime: "cover page \"t.svg\" took longer to draw than 1 s"
            case .overMemory: "cover page \"t.svg\" needs more memory to draw than 64 MB"
            case .notInstalled: "rsvg-convert is not installed; install the package librsvg2-bin"
            case .noDirectory: "can't create"
            }
        }

        var code: FaxError.Code {
            switch self {
            case .badXML, .overtime, .overMemory: .data
            case .notInstalled: .unavailable
            case .noDirectory: .cannotCreate
            }
        }
    }

    @Test("What can't be drawn is one line, and nothing is left behind", arguments: Undrawable.allCases)
    func refused(_ kind: Undrawable) async throws {
        try await withScratch { slow in
            // One that never ends.
            try write(Array("#!/bin/sh\nexec /bin/sleep 600\n".utf8), to: slow + "/rsvg-convert")
            chmod(slow + "/rsvg-convert", 0o755)
            try await refused(kind, slow)
        }
    }

    private func refused(_ kind: Undrawable, _ slow: String) async throws {
        try await withScratch { scratch in
            let template = try template(kind == .badXML ? "<g fill='&nbsp;'/>" : "")
            let limits = RendererLimits(addressSpace: kind == .overMemory ? 64 << 20 : 1 << 30)
            let error = await #expect(throws: FaxError.self) {
                try await CoverPage.write(
                    template: template, fields: try fields("x"),
                    to: scratch + (kind == .noDirectory ? "/none/cover.pdf" : "/cover.pdf"), limits: limits,
                    deadline: kind == .overtime ? .seconds(1) : .seconds(30),
                    directories: kind == .notInstalled ? [scratch] : kind == .overtime ? [slow] : nil)
            }
            #expect(error?.code == kind.code)
            #expect(error?.message.contains(kind.line) == true, "\(error?.message ?? "")")
            #expect(error?.message.contains(scratch) == (kind == .noDirectory))
            #expect(error?.message.contains("\n") == false)
            #expect(try names(in: scratch).isEmpty)
        }
    }
}
