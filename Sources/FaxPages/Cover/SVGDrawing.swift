import FaxModel
import Subprocess

/// Pictures of our own, drawn by librsvg (rsvg-convert) like the cover page.
package enum SVGDrawing {
    /// Fails when librsvg isn't installed (`unavailable`), and in one line when it can't draw the picture.
    package static func writePNG(_ svg: String, to png: String) async throws {
        let program = try RendererChild.find("rsvg-convert", package: "librsvg2-bin")
        try await withTaskExecutorPreference(PagesExecutor.shared) {
            let file = try TemporaryFile(for: png)
            let source = try CoverSource(svg, beside: file.path)
            defer { source.remove() }
            var output = try OutputFile(file)
            let child = RendererChild(
                program: program, limits: RendererLimits(cpuSeconds: 20, addressSpace: 1 << 30),
                readable: [source.directory])
            let outcome = try await child.run(["--format=png", source.path], until: .now + .seconds(30)) { bytes in
                try output.write(bytes)
            }
            guard outcome.isSuccess else {
                throw FaxError(.data, "\(quoted(png)): rsvg-convert could not draw it: \(quoted(outcome.messages))")
            }
            try output.finish()
            try file.publish()
        }
    }
}
