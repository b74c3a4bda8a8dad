/// A program that draws PDF pages in grey on its standard output.
enum DrawingProgram: String {
    case mutool
    case pdftoppm

    /// Arguments for drawing some pages, counted from 0, of the document at standard input. Poppler draws all from the first
    /// to the last of them.
    func arguments(_ pages: ArraySlice<Int>, _ fit: PageFit) -> [String] {
        switch self {
        case .mutool:
            [
                "draw", "-q", "-F", "pgm", "-c", "gray", "-w", "\(fit.drawnWidth)", "-h", "\(fit.drawnHeight)", "-f",
                "-o", "-", RendererChild.input, pages.map { "\($0 + 1)" }.joined(separator: ","),
            ]
        case .pdftoppm:
            [
                "-gray", "-cropbox", "-rx", "\(fit.horizontal)", "-ry", "\(fit.vertical)",
                // Without this a page with a rotation of its own is cut to the size that it has at swapped resolutions.
                "-scale-dimension-before-rotation",
                "-f", "\((pages.first ?? 0) + 1)", "-l", "\((pages.last ?? 0) + 1)", RendererChild.input,
            ]
        }
    }
}
