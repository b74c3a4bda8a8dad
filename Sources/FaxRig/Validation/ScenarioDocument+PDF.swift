import FaxModel
package import FaxPages

extension ScenarioDocument {
    /// The PDF that it is made from.
    package var sample: SampleDocument {
        var page = SampleDocument.Page(.a4, lines: [])
        page.isDecorated = false
        switch self {
        case .sparse(let pages):
            return SampleDocument(
                pages: (1...pages).map { number in
                    page.lines = ["Callfax validation", "page \(number) of \(pages)"]
                    return page
                })
        case .letter:
            let words = "the quick brown fox jumps over the lazy dog and comes back by fax before the office closes"
            page.lines = (1...50).map { "\($0). \(words)" }
        case .white: break
        case .black: page.extra = "0 g 0 0 \(page.width) \(page.height) re f"
        case .photograph: page.extra = Self.image(width: 96, height: 136, page) { Self.shade($0, $1) }
        case .noise:
            var numbers = SeededNumbers("noise")
            page.lines = ["Callfax validation: noise"]
            page.extra = Self.image(width: 864, height: 160, page, points: (0, 400, page.width, 113)) { _, _ in
                numbers.within(0...1) == 0 ? 0 : 255
            }
        case .shortest:
            page.height = 71
            page.lines = ["Callfax validation: short"]
        case .longest:
            page.height = 2835
            page.lines = (1...150).map { "Callfax validation: line \($0) of a long page" }
        }
        return SampleDocument(pages: [page])
    }

    /// Two bright discs over a slope.
    private static func shade(_ x: Int, _ y: Int) -> Int {
        func disc(_ cx: Int, _ cy: Int, _ size: Int) -> Int {
            max(0, size - ((x - cx) * (x - cx) + (y - cy) * (y - cy)) / 12)
        }
        return min(255, 40 + y + disc(30, 40, 140) + disc(70, 90, 90))
    }

    /// An inline image of greys (ISO 32000-1 §8.9.7), over the whole page unless `points` says where.
    private static func image(
        width: Int, height: Int, _ page: SampleDocument.Page,
        points: (x: Double, y: Double, width: Double, height: Double)? = nil, _ grey: (Int, Int) -> Int
    ) -> String {
        let place = points ?? (0, 0, page.width, page.height)
        var hex = ""
        for y in 0..<height {
            for x in 0..<width {
                let value = String(grey(x, y), radix: 16)
                hex += value.count < 2 ? "0" + value : value
            }
        }
        return "q \(place.width) 0 0 \(place.height) \(place.x) \(place.y) cm\n"
            + "BI /W \(width) /H \(height) /CS /G /BPC 8 /F /AHx ID \(hex)> EI Q"
    }
}
