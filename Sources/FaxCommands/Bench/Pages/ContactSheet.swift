import FaxModel
import Foundation

/// Original, Ghostscript's page and ours side by side, at half their size, for twelve documents.
struct ContactSheet {
    let measuring: PageMeasuring

    func write(_ documents: [BenchDocument], to target: String) throws {
        var seen = Set<BenchKind>()
        let chosen = documents.filter { seen.insert($0.kind).inserted }.prefix(12)
        let (width, height) = (864, 1193)
        var sheet = GreyPicture(
            width: 3 * width, height: chosen.count * height,
            pixels: [Float](repeating: 255, count: 3 * width * chosen.count * height))
        for (line, document) in chosen.enumerated() {
            let pages = try measuring.pages(document, .fine)
            let original = try GreyPicture(
                portable: BenchProgram.run([
                    "mutool", "draw", "-q", "-F", "pgm", "-c", "gray", "-w", document.isLandscape ? "2386" : "1687",
                    "-h",
                    document.isLandscape ? "1687" : "2386", "-f", "-o", "-", document.pdf, "1",
                ]))
            let upright = document.isLandscape ? original.turned(clockwise: false) : original
            for (column, picture) in [upright, pages.theirs.square, pages.ours.square].enumerated() {
                sheet.paste(picture.halved, column * width, line * height)
            }
        }
        let grey = target + ".pgm"
        try sheet.portable.write(to: URL(fileURLWithPath: grey))
        defer { unlink(grey) }
        try BenchProgram.run(["pnmtopng", "-compression", "6", grey]).write(to: URL(fileURLWithPath: target))
    }
}

extension GreyPicture {
    func turned(clockwise: Bool) -> GreyPicture {
        var result = [Float](repeating: 255, count: pixels.count)
        for y in 0..<height {
            for x in 0..<width {
                let (column, row) = clockwise ? (height - 1 - y, x) : (y, width - 1 - x)
                result[row * height + column] = pixels[y * width + x]
            }
        }
        return GreyPicture(width: height, height: width, pixels: result)
    }

    /// Half as wide and half as high.
    var halved: GreyPicture {
        let (w, h) = (width / 2, height / 2)
        var result = [Float](repeating: 0, count: w * h)
        for y in 0..<h {
            for x in 0..<w {
                let place = 2 * y * width + 2 * x
                let above = pixels[place] + pixels[place + 1]
                result[y * w + x] = (above + pixels[place + width] + pixels[place + width + 1]) / 4
            }
        }
        return GreyPicture(width: w, height: h, pixels: result)
    }

    mutating func paste(_ other: GreyPicture, _ left: Int, _ top: Int) {
        for y in 0..<min(other.height, height - top) {
            for x in 0..<min(other.width, width - left) {
                pixels[(top + y) * width + left + x] = other.pixels[y * other.width + x]
            }
        }
    }
}
