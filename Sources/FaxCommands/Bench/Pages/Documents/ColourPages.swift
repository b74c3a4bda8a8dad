import FaxModel
import Foundation

/// Slides, maps, light on dark, and what a screen shows.
enum ColourPages {
    static func slide(_ numbers: inout SeededNumbers, photograph: Data?) -> SVGPage {
        var page = SVGPage(width: 841.89, height: 595.28)
        let dark = numbers.within(0...1) == 0
        let background =
            dark
            ? page.gradient("#0b1f3a", numbers.pick(["#3a6ea5", "#5b2a86", "#205040"]))
            : page.gradient("#ffffff", numbers.pick(["#b8d0ee", "#e6c9a8", "#bfe3c6"]))
        page.rect(0, 0, page.width, page.height, fill: background)
        let ink = dark ? "#ffffff" : "#1a1a1a"
        page.text(60, 90, 34, BenchWords.words(3, &numbers).joined(separator: " "), fill: ink, weight: "bold")
        page.rect(60, 108, 250, 4, fill: "#e08a00")
        for row in 0..<6 {
            let y = 165 + Double(row) * 48
            page.shape("M62 \(y - 12) l8 6 l-8 6 z", fill: "#e08a00")
            page.text(85, y, 18, BenchWords.words(4, &numbers).joined(separator: " "), fill: ink)
        }
        if let photograph, numbers.within(0...1) == 0 {
            page.image(500, 150, 300, 200, photograph, "jpeg")
        } else {
            for bar in 0..<5 {
                let h = numbers.within(60.0...240.0)
                let x = 500 + Double(bar) * 60
                page.rect(x, 430 - h, 44, h, fill: BusinessPages.colours[bar])
                page.text(x + 22, 448, 11, BenchWords.words(1, &numbers)[0], fill: ink, anchor: "middle")
            }
        }
        page.text(780, 575, 11, "\(numbers.within(2...40))", fill: ink)
        return page
    }

    static func map(_ numbers: inout SeededNumbers) -> SVGPage {
        var page = SVGPage()
        page.rect(30, 60, 535, 720, fill: "#f2efe9")
        func blob(_ x: Double, _ y: Double, _ r: Double, _ numbers: inout SeededNumbers) -> String {
            (0..<14).map { step -> String in
                let angle = Double(step) / 14 * 2 * .pi
                let reach = r * numbers.within(0.65...1.25)
                let px = min(565, max(30, x + reach * cos(angle)))
                let py = min(780, max(60, y + reach * sin(angle)))
                return "\(step == 0 ? "M" : "L")\(px) \(py)"
            }.joined(separator: " ") + " Z"
        }
        let greens = ["#cfe8c4", "#add19e", "#e0dfdf", "#f7e6c9"]
        for _ in 0..<14 {
            let shape = blob(numbers.within(60...540), numbers.within(90...750), numbers.within(30.0...110.0), &numbers)
            page.shape(shape, fill: numbers.pick(greens))
        }
        for _ in 0..<3 {
            let shape = blob(numbers.within(80...500), numbers.within(120...700), numbers.within(30.0...80.0), &numbers)
            page.shape(shape, fill: "#aad3df")
        }
        for road in 0..<22 {
            var path = "M\(numbers.within(30...565)) \(numbers.within(60...780))"
            for _ in 0..<3 { path += " L\(numbers.within(30...565)) \(numbers.within(60...780))" }
            let width = road < 4 ? 5.0 : 2.5
            page.shape(path, stroke: "#999", line: width + 1.2)
            page.shape(path, stroke: road < 4 ? "#f9b29c" : "#ffffff", line: width)
        }
        for _ in 0..<30 {
            let (x, y) = (numbers.within(60.0...480.0), numbers.within(90.0...760.0))
            let size = numbers.within(7.5...13.0)
            let name = BenchWords.words(1, &numbers)[0].capitalized
            page.rect(x - 2, y - size, Double(name.count) * size * 0.66 + 4, size * 1.3, fill: "#f2efe9")
            page.text(x, y, size, name, fill: "#333")
        }
        page.rect(30, 60, 535, 720, stroke: "#000", line: 1)
        page.text(40, 45, 16, BenchWords.words(3, &numbers).joined(separator: " "))
        return page
    }

    static func lightOnDark(_ numbers: inout SeededNumbers) -> SVGPage {
        var page = SVGPage()
        let darks = ["#000000", "#1d2733", "#3b0a45", "#0f4c2f", "#5a1f1f"]
        let whole = numbers.within(0...2) == 0
        if whole { page.rect(0, 0, page.width, page.height, fill: numbers.pick(darks)) }
        var y = 60.0
        while y < 760 {
            let rows = numbers.within(3...7)
            let size = numbers.within(8.5...14.0)
            let height = Double(rows) * size * 1.35 + 24
            if !whole { page.rect(45, y - 16, 505, height - 8, fill: numbers.pick(darks), round: 5) }
            page.lines(
                60, y + 4, size, BenchWords.lines(rows, width: Int(800 / size), &numbers),
                fill: numbers.pick(["#ffffff", "#f5e6a8", "#cfe8ff", "#dddddd"]),
                font: numbers.pick(BusinessPages.fonts))
            y += height + 6
        }
        return page
    }

    /// A window of a desktop program, to be drawn at 96 pixels an inch.
    static func screen(_ numbers: inout SeededNumbers) -> SVGPage {
        var page = SVGPage(width: 960, height: 680)
        page.rect(0, 0, 960, 680, fill: "#ececec")
        page.rect(0, 0, 960, 32, fill: numbers.pick(["#2b5797", "#444444", "#dcdcdc"]))
        page.text(14, 21, 13, BenchWords.words(3, &numbers).joined(separator: " "), fill: "#fff")
        for menu in 0..<7 { page.text(14 + Double(menu) * 70, 52, 13, BenchWords.words(1, &numbers)[0].capitalized) }
        page.rect(0, 64, 210, 616, fill: "#f7f7f7", stroke: "#cccccc")
        for row in 0..<18 {
            if row == 3 { page.rect(0, 72 + Double(row) * 28, 210, 26, fill: "#3874d8") }
            page.text(
                18, 90 + Double(row) * 28, 13, BenchWords.words(2, &numbers).joined(separator: " "),
                fill: row == 3 ? "#fff" : "#222")
        }
        page.rect(220, 74, 730, 596, fill: "#fff", stroke: "#bbbbbb")
        page.text(240, 108, 20, BenchWords.words(4, &numbers).joined(separator: " "), fill: "#111", weight: "bold")
        let end = page.lines(240, 140, 13.5, BenchWords.lines(16, width: 78, &numbers), fill: "#222", leading: 1.5)
        for button in 0..<3 {
            page.rect(
                240 + Double(button) * 120, end + 10, 108, 32, fill: page.gradient("#fafafa", "#d4d4d4"),
                stroke: "#999", round: 4)
            page.text(
                294 + Double(button) * 120, end + 31, 13, BenchWords.words(1, &numbers)[0].capitalized, anchor: "middle"
            )
        }
        return page
    }
}
