import FaxModel
import Glibc
import Subprocess

/// Cover pages as PDF, drawn by librsvg (rsvg-convert): it sets text by Pango, so any script and direction.
package enum CoverPage {
    /// Fills a template in and draws it; the PDF appears at `pdf` whole, or not at all.
    ///
    /// librsvg reads a file that is alone in a directory of its own: nothing else can be taken from there, and nothing
    /// from elsewhere is taken at all (librsvg's rule for files beside a document).
    /// Fails when librsvg isn't installed (`unavailable`), and in one line that names the template when it can't be
    /// drawn or takes too much time, memory or room (`data`). `directories` is where to look for it.
    package static func write(
        template: CoverTemplate, fields: CoverFields, to pdf: String,
        limits: RendererLimits = RendererLimits(cpuSeconds: 20, addressSpace: 1 << 30),
        deadline: Duration = .seconds(30), directories: [String]? = nil
    ) async throws {
        let program = try find(in: directories)
        try await withTaskExecutorPreference(PagesExecutor.shared) {
            let file = try TemporaryFile(for: pdf)
            let source = try CoverSource(template.filled(with: fields), beside: file.path)
            defer { source.remove() }
            var output = try OutputFile(file)
            let child = RendererChild(program: program, limits: limits, readable: [source.directory])
            let outcome = try await child.run(
                ["--format=pdf", "--keep-image-data", source.path], until: .now + deadline
            ) { bytes in
                guard output.offset + bytes.count <= maxBytes else {
                    throw UnexpectedOutput(what: "a PDF over \(maxBytes >> 20) MB")
                }
                try output.write(bytes)
            }
            try require(outcome, template, source, limits, deadline)
            try output.finish()
            guard try DocumentKind(of: file.path) == .pdf else {
                throw FaxError(.software, "\(quoted(pdf)): what rsvg-convert made of the cover page is no PDF")
            }
            try file.publish()
        }
    }

    /// The program that cover pages need, where it isn't there.
    package static var missingProgram: String? { (try? find(in: nil)) == nil ? "rsvg-convert" : nil }

    private static func find(in directories: [String]?) throws(FaxError) -> String {
        try RendererChild.find("rsvg-convert", package: "librsvg2-bin", in: directories)
    }

    private static func require(
        _ outcome: RendererChild.Outcome, _ template: CoverTemplate, _ source: CoverSource, _ limits: RendererLimits,
        _ deadline: Duration
    ) throws {
        // GLib stops by a trap where there is no memory, Rust by an abort.
        let isOutOfMemory = outcome.isOutOfMemory || outcome.status == .signaled(SIGTRAP)
        let problem: String? =
            if outcome.isOvertime {
                "took longer to draw than \(deadline.components.seconds) s; make it simpler"
            } else if let unexpected = outcome.refusal as? UnexpectedOutput {
                "made \(unexpected.what); make it simpler"
            } else if let refusal = outcome.refusal {
                throw refusal
            } else if isOutOfMemory {
                "needs more memory to draw than \(limits.addressSpace >> 20) MB; make it simpler"
            } else if outcome.isOutOfTime {
                "took more than \(limits.cpuSeconds) s of CPU to draw; make it simpler"
            } else if !outcome.isSuccess {
                "can't be drawn: \(firstLine(outcome.messages, source))"
            } else {
                nil
            }
        if let problem { throw FaxError(.data, "cover page \(quoted(template.name)) \(problem)") }
    }

    /// The path of the filled template says nothing to anybody.
    private static func firstLine(_ messages: String, _ source: CoverSource) -> String {
        guard let line = messages.split(separator: "\n").first else { return "rsvg-convert stopped without a word" }
        let told = line.replacing("Error reading SVG \(source.path): ", with: "")
            .replacing(source.path, with: "the template")
        return String(quoted(String(told)).dropFirst().dropLast())
    }

    private static let maxBytes = 16 << 20
}
