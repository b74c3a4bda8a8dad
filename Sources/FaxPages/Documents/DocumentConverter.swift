import FaxModel
import Glibc

/// Makes a PDF of what isn't one, by a program that sees nothing but its own directory.
///
/// MuPDF wraps pictures (it turns them as EXIF says, and takes the size from the resolution in the file, 96 pixels an
/// inch where there is none); Ghostscript distils PostScript; paps sets text with Pango, so that every script that
/// fonts are there for comes out right, from right to left too; LibreOffice converts what offices write.
struct DocumentConverter {
    let renderer: PageRenderer
    let settings: RenderSettings
    let deadline: ContinuousClock.Instant

    /// The PDF is in the directory under `result`.
    static let result = "out.pdf"

    func convert(_ path: String, _ kind: DocumentKind) async throws -> JobDirectory {
        let place = try JobDirectory(in: renderer.workplace)
        switch kind {
        case .pdf: try place.copy(path, as: Self.result)
        case .postScript:
            try place.copy(path, as: "in.ps")
            try await distil(path, place)
        case .tiff: try await wrap(path, "tiff", place)
        case .picture(let ending): try await wrap(path, ending, place)
        case .office(let ending): try await office(path, ending, place)
        case .text: try await typeset(path, place)
        }
        guard access(place.file(Self.result), R_OK) == 0 else {
            throw FaxError(.data, "\(quoted(path)) can't be converted: no page came of it")
        }
        return place
    }

    /// With the user's password, which no command line shows.
    func decrypt(_ path: String, _ password: String) async throws -> JobDirectory {
        let place = try JobDirectory(in: renderer.workplace)
        try place.copy(path, as: "in.pdf")
        try place.copy(password, as: "password")
        let outcome = try await run(
            "qpdf", ["--password-file=password", "--decrypt", "in.pdf", Self.result], path, place)
        if outcome.messages.contains("invalid password") {
            throw FaxError(.data, "\(quoted(path)): the password in \(quoted(password)) is not the right one")
        }
        if outcome.exitCode != Self.mended { try renderer.require(outcome, path, settings) }
        return place
    }

    /// What qpdf makes of a damaged PDF, found by its objects rather than by its tables; nil where it can do nothing with
    /// it, or isn't there.
    func mend(_ path: String, as name: String) async throws -> JobDirectory? {
        guard (try? renderer.find("qpdf")) != nil else { return nil }
        let place = try JobDirectory(in: renderer.workplace)
        let outcome = try await run("qpdf", [RendererChild.input, Self.result], name, place, input: path)
        if !outcome.isWorthAnotherTry { try renderer.require(outcome, name, settings) }
        return outcome.isSuccess || outcome.exitCode == Self.mended ? place : nil
    }

    private func wrap(_ path: String, _ ending: String, _ place: JobDirectory) async throws {
        try place.copy(path, as: "in." + ending)
        let outcome = try await run("mutool", ["convert", "-F", "pdf", "-o", Self.result, "in." + ending], path, place)
        try renderer.require(outcome, path, settings)
    }

    private func distil(_ path: String, _ place: JobDirectory) async throws {
        let outcome = try await run(
            "gs",
            [
                "-q", "-dNOPAUSE", "-dBATCH", "-dSAFER", "-sstdout=%stderr", "-sDEVICE=pdfwrite",
                "-sPAPERSIZE=\(settings.paper)", "-sOutputFile=" + Self.result, "in.ps",
            ], path, place)
        try renderer.require(outcome, path, settings)
    }

    private func office(_ path: String, _ ending: String, _ place: JobDirectory) async throws {
        try place.copy(path, as: "out." + ending)
        let outcome = try await run(
            "soffice",
            [
                "-env:UserInstallation=file://\(place.path)/profile", "--headless", "--norestore", "--convert-to",
                "pdf", "--outdir", place.path, place.file("out." + ending),
            ], path, place)
        try renderer.require(outcome, path, settings)
    }

    private func typeset(_ path: String, _ place: JobDirectory) async throws {
        let text = try PlainText(reading: path)
        try await requireFonts(text, path)
        try place.write(Array(text.words.utf8), to: "in.txt")
        var arguments = ["--paper=\(settings.paper)", "--font=Monospace 10", "--left-margin=50", "--right-margin=50"]
        if text.isRightToLeft { arguments.append("--rtl") }
        var page: [UInt8] = []
        let outcome = try await run("paps", arguments + ["in.txt"], path, place) { bytes in
            guard page.count + bytes.count <= Self.longestPostScript else {
                throw UnexpectedOutput(what: "more than \(Self.longestPostScript >> 20) MB")
            }
            page.append(contentsOf: bytes)
        }
        try renderer.require(outcome, path, settings)
        try place.write(page, to: "in.ps")
        try await distil(path, place)
    }

    /// What no font has would be left out without a word.
    private func requireFonts(_ text: PlainText, _ path: String) async throws {
        for letter in text.rareLetters {
            let code = String(letter.value, radix: 16, uppercase: true)
            let list = RendererChild(program: try renderer.find("fc-list"), limits: renderer.limits)
            var hasFont = false
            _ = try await list.run([":charset=" + code, "family"], until: deadline) { bytes in
                hasFont = hasFont || bytes.contains { $0 > 0x20 }
            }
            guard hasFont else {
                throw FaxError(
                    .data,
                    "\(quoted(path)): no installed font has U+\(code) (\(letter)); install one, such as fonts-noto-cjk")
            }
        }
    }

    private func run(
        _ program: String, _ arguments: [String], _ path: String, _ place: JobDirectory, input: String? = nil,
        output: (UnsafeRawBufferPointer) throws -> Void = { _ in }
    ) async throws -> RendererChild.Outcome {
        let found: String
        do {
            found = try renderer.find(program)
        } catch {
            throw FaxError(error.code, "\(quoted(path)) can't be converted: \(error.message)")
        }
        var child = RendererChild(program: found, limits: renderer.limits.forCopy(of: input ?? path))
        child.directory = place.path
        return try await child.run(arguments, input: input, until: deadline, output: output)
    }

    /// qpdf's exit code for a file with flaws that it could mend (qpdf(1)).
    private static let mended: Int32 = 3

    private static let longestPostScript = 64 << 20
}

/// A PDF without its password, in a directory that only we see.
package struct OpenedPDF: Sendable {
    let place: JobDirectory

    package var path: String { place.file(DocumentConverter.result) }

    package func remove() { unlink(path) }
}
