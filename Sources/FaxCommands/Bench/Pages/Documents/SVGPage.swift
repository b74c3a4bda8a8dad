import Foundation

/// A page being drawn as SVG, in points, and the words that are on it.
struct SVGPage {
    let width: Double
    let height: Double
    private var body = ""
    private var definitions = ""
    private(set) var words: [String] = []

    init(width: Double = 595.28, height: Double = 841.89) { (self.width, self.height) = (width, height) }

    mutating func text(
        _ x: Double, _ y: Double, _ size: Double, _ text: String, fill: String = "#000", font: String = "DejaVu Sans",
        weight: String = "normal", anchor: String = "start"
    ) {
        let escaped = text.replacing("&", with: "&amp;").replacing("<", with: "&lt;")
        body += "<text x=\"\(x)\" y=\"\(y)\" font-size=\"\(size)\" font-family=\"\(font)\" fill=\"\(fill)\" "
        body += "font-weight=\"\(weight)\" text-anchor=\"\(anchor)\">\(escaped)</text>\n"
        words += text.split(separator: " ").map(String.init)
    }

    /// Lines one below the other; returns where the next one would be.
    @discardableResult
    mutating func lines(
        _ x: Double, _ y: Double, _ size: Double, _ lines: [String], fill: String = "#000",
        font: String = "DejaVu Sans",
        leading: Double = 1.35, anchor: String = "start"
    ) -> Double {
        var place = y
        for line in lines {
            text(x, place, size, line, fill: fill, font: font, anchor: anchor)
            place += size * leading
        }
        return place
    }

    mutating func rect(
        _ x: Double, _ y: Double, _ w: Double, _ h: Double, fill: String = "none", stroke: String = "none",
        line: Double = 1, round: Double = 0
    ) {
        body += "<rect x=\"\(x)\" y=\"\(y)\" width=\"\(w)\" height=\"\(h)\" fill=\"\(fill)\" stroke=\"\(stroke)\" "
        body += "stroke-width=\"\(line)\" rx=\"\(round)\"/>\n"
    }

    mutating func line(_ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, _ width: Double, stroke: String = "#000")
    {
        body +=
            "<line x1=\"\(x1)\" y1=\"\(y1)\" x2=\"\(x2)\" y2=\"\(y2)\" stroke=\"\(stroke)\" stroke-width=\"\(width)\"/>\n"
    }

    mutating func shape(_ data: String, fill: String = "none", stroke: String = "none", line: Double = 1) {
        body += "<path d=\"\(data)\" fill=\"\(fill)\" stroke=\"\(stroke)\" stroke-width=\"\(line)\" "
        body += "stroke-linejoin=\"round\" stroke-linecap=\"round\"/>\n"
    }

    /// A gradient to fill with, by the name that it returns.
    mutating func gradient(_ from: String, _ to: String, across: Bool = false) -> String {
        let name = "g\(definitions.count)"
        definitions +=
            "<linearGradient id=\"\(name)\" x1=\"0\" y1=\"0\" x2=\"\(across ? 1 : 0)\" y2=\"\(across ? 0 : 1)\">"
        definitions += "<stop offset=\"0\" stop-color=\"\(from)\"/><stop offset=\"1\" stop-color=\"\(to)\"/>"
        definitions += "</linearGradient>"
        return "url(#\(name))"
    }

    /// A picture file, embedded.
    mutating func image(_ x: Double, _ y: Double, _ w: Double, _ h: Double, _ data: Data, _ type: String) {
        body += "<image x=\"\(x)\" y=\"\(y)\" width=\"\(w)\" height=\"\(h)\" preserveAspectRatio=\"none\" "
        body += "href=\"data:image/\(type);base64,\(data.base64EncodedString())\"/>\n"
    }

    /// Words that are on an embedded picture.
    mutating func add(words more: [String]) { words += more }

    var svg: String {
        """
        <svg xmlns="http://www.w3.org/2000/svg" width="\(width)pt" height="\(height)pt" viewBox="0 0 \(width) \(height)">
        <defs>\(definitions)</defs>
        \(body)</svg>
        """
    }
}
