import FaxModel

/// Invoices, letters, forms, tables and small print.
enum BusinessPages {
    static let fonts = ["DejaVu Sans", "DejaVu Serif", "Nimbus Roman", "Nimbus Sans", "C059"]
    static let colours = ["#1f4e79", "#7b1e3a", "#0a7d4f", "#b35900", "#4b2e83"]

    static func letter(_ numbers: inout SeededNumbers, _ language: String = "eng") -> SVGPage {
        var page = SVGPage()
        let font = language == "eng" || language == "deu" ? numbers.pick(fonts) : "DejaVu Sans"
        let size = numbers.within(9.5...12.0)
        let isRight = language == "heb"
        let (x, anchor) = isRight ? (525.0, "start") : (70.0, "start")
        page.lines(x, 80, size, BenchWords.lines(4, width: 24, &numbers, language), font: font, anchor: anchor)
        var y = 190.0
        while y < 740 {
            let rows = numbers.within(3...6)
            let width = Int(840 / size)
            y =
                page.lines(
                    x, y, size, BenchWords.lines(rows, width: width, &numbers, language), font: font, anchor: anchor)
                + size
        }
        return page
    }

    static func invoice(_ numbers: inout SeededNumbers) -> SVGPage {
        var page = SVGPage()
        let font = numbers.pick(fonts)
        let colour = numbers.pick(colours)
        page.rect(0, 0, page.width, 70, fill: colour)
        page.text(
            40, 45, 26, BenchWords.words(2, &numbers).joined(separator: " ").uppercased(), fill: "#fff", font: font)
        page.lines(40, 110, 10, BenchWords.lines(4, width: 26, &numbers), font: font)
        page.rect(340, 95, 215, 80, fill: "#e8eef5")
        page.lines(350, 115, 10, BenchWords.lines(4, width: 26, &numbers), fill: "#333", font: font)
        page.text(40, 230, 18, "Invoice \(numbers.within(10000...99999))", fill: colour, font: font, weight: "bold")
        table(&page, 40, 260, 515, rows: 14, header: colour, font, &numbers)
        page.lines(40, 620, 10, BenchWords.lines(6, width: 85, &numbers), fill: "#555", font: font)
        page.rect(40, 720, 515, 50, fill: "#dddddd", round: 6)
        page.text(55, 750, 12, "Total amount \(numbers.within(100...9999)).\(numbers.within(10...99))", font: font)
        page.lines(40, 800, 7, BenchWords.lines(2, width: 120, &numbers), fill: "#888", font: font)
        return page
    }

    static func table(
        _ page: inout SVGPage, _ x: Double, _ y: Double, _ width: Double, rows: Int, header: String, _ font: String,
        _ numbers: inout SeededNumbers
    ) {
        let step = 22.0
        page.rect(x, y, width, step, fill: header)
        let places = [0.02, 0.45, 0.62, 0.8]
        for (index, place) in places.enumerated() {
            let title = ["Description", "Pieces", "Price", "Amount"][index]
            page.text(x + width * place, y + 15, 10, title, fill: "#fff", font: font)
        }
        for row in 1...rows {
            let top = y + Double(row) * step
            if row % 2 == 0 { page.rect(x, top, width, step, fill: "#e4e4e4") }
            page.text(x + width * 0.02, top + 15, 9.5, BenchWords.words(4, &numbers).joined(separator: " "), font: font)
            page.text(x + width * 0.45, top + 15, 9.5, "\(numbers.within(100...999))", font: font)
            page.text(
                x + width * 0.62, top + 15, 9.5, "\(numbers.within(100...999)).\(numbers.within(10...99))", font: font)
            page.text(
                x + width * 0.8, top + 15, 9.5, "\(numbers.within(1000...9999)).\(numbers.within(10...99))", font: font)
        }
        page.rect(x, y, width, step * Double(rows + 1), stroke: "#888", line: 0.6)
    }

    static func shadedTable(_ numbers: inout SeededNumbers) -> SVGPage {
        var page = SVGPage()
        let font = numbers.pick(fonts)
        page.text(50, 60, 17, BenchWords.words(4, &numbers).joined(separator: " "), font: font)
        let shades = ["#fff2cc", "#d9e2f3", "#c6e0b4", "#bfbfbf", "#f4b183", "#9dc3e6", "#ffffff"]
        let rows = 26
        let columns = numbers.within(4...6)
        let (w, h) = (500.0 / Double(columns), 26.0)
        for row in 0..<rows {
            for column in 0..<columns {
                let (x, y) = (50 + Double(column) * w, 85 + Double(row) * h)
                let shade = row == 0 ? "#44546a" : numbers.pick(shades)
                page.rect(x, y, w, h, fill: shade, stroke: "#666", line: 0.5)
                let word =
                    column == 0 || row == 0 ? BenchWords.words(1, &numbers)[0] : "\(numbers.within(1000...99999))"
                page.text(x + 6, y + 17, 10, word, fill: row == 0 ? "#fff" : "#000", font: font)
            }
        }
        return page
    }

    static func form(_ numbers: inout SeededNumbers) -> SVGPage {
        var page = SVGPage()
        let font = numbers.pick(fonts)
        page.text(
            50, 60, 18, "Application \(BenchWords.words(2, &numbers).joined(separator: " "))", font: font,
            weight: "bold")
        page.lines(50, 85, 8, BenchWords.lines(3, width: 110, &numbers), fill: "#666", font: font)
        var y = 130.0
        while y < 680 {
            let columns = numbers.within(1...3)
            let w = 495.0 / Double(columns)
            for column in 0..<columns {
                let x = 50 + Double(column) * w
                page.rect(x, y, w - 8, 30, stroke: "#000", line: 0.5)
                page.text(
                    x + 4, y + 8, 6.5, BenchWords.words(2, &numbers).joined(separator: " "), fill: "#777", font: font)
                page.text(
                    x + 8, y + 24, 11, BenchWords.words(columns == 1 ? 5 : 2, &numbers).joined(separator: " "),
                    fill: "#00008b",
                    font: "DejaVu Sans Mono")
            }
            y += 38
            if numbers.within(0...2) == 0 {
                for box in 0..<4 {
                    page.rect(50 + Double(box) * 120, y, 10, 10, stroke: "#000", line: 0.7)
                    if box % 2 == 0 {
                        page.shape("M\(52 + box * 120) \(y + 2) l6 6 m0 -6 l-6 6", stroke: "#000", line: 1.2)
                    }
                    page.text(
                        65 + Double(box) * 120, y + 9, 9, BenchWords.words(2, &numbers).joined(separator: " "),
                        font: font)
                }
                y += 26
            }
        }
        page.lines(50, y + 20, 7, BenchWords.lines(5, width: 130, &numbers), font: font)
        page.line(330, 800, 540, 800, 0.5)
        return page
    }

    static func smallPrint(_ numbers: inout SeededNumbers) -> SVGPage {
        var page = SVGPage()
        let font = numbers.pick(fonts)
        let size = numbers.within(6.0...7.5)
        page.text(50, 50, 11, "Terms and conditions", font: font, weight: "bold")
        for column in 0..<2 {
            page.lines(
                50 + Double(column) * 255, 75, size,
                BenchWords.lines(Int(690 / (size * 1.25)), width: Int(430 / size), &numbers),
                font: font, leading: 1.25)
        }
        return page
    }
}
