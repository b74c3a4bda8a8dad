import FaxModel
import Testing

@testable import FaxPages

@Suite("What offices draw on their pages can be read")
struct OfficePageTests {
    @Test("A pale line goes on below black and grey words", arguments: [UInt8(0), 110], [UInt8(190), 215])
    func paleLines(ink: UInt8, grey: UInt8) {
        for offset in 0..<16 {
            var page = GreyPage.filled(255, rows: 128)
            for x in stride(from: 210, to: 600, by: 14) { page.fill(x..<x + 4, 40 + offset..<60 + offset, ink) }
            page.fill(100..<900, 65 + offset..<67 + offset, grey)
            let bits = Binarizer(.fine).bits(of: page)
            let missing = (100..<900).filter { x in
                !(65 + offset..<67 + offset).contains { bits.isBlack(x: x, y: $0) }
            }
            #expect(missing.isEmpty, "\(offset): \(missing.count)")
        }
    }

    @Test("A pale panel goes, whatever is on it", arguments: [UInt8(225), 232, 240], [UInt8(80), 120, 160])
    func panels(ground: UInt8, grey: UInt8) {
        for offset in 0..<16 {
            var page = GreyPage.filled(255, rows: 256)
            for x in stride(from: 100, to: 1400, by: 270) {
                page.fill(x..<x + 255, 60 + offset..<114 + offset, ground)
                page.fill(x + 20..<x + 235, 80 + offset..<94 + offset, grey)
            }
            let bits = Binarizer(.fine).bits(of: page)
            for x in stride(from: 100, to: 1400, by: 270) {
                #expect(bits.blackShare(x..<x + 255, 60 + offset..<76 + offset) < 0.2, "\(offset), \(x)")
                #expect(bits.blackShare(x + 20..<x + 235, 82 + offset..<92 + offset) > 0.25, "\(offset), \(x)")
            }
        }
    }

    @Test("The bars of a code on a pale ground are bars", arguments: [UInt8(225), 230, 235], [UInt8(70), 75, 80])
    func barcodes(ground: UInt8, grey: UInt8) {
        for offset in [0, 5, 11] {
            var page = GreyPage.filled(255, rows: 256)
            page.fill(100 + offset..<700 + offset, 60 + offset..<153 + offset, ground)
            var (x, number) = (120 + offset, SeededNumbers("bars"))
            var bars: [Range<Int>] = []
            while x < 650 {
                let width = 3 * (1 + Int(number.next() % 4))
                bars.append(x..<x + width)
                page.fill(x..<x + width, 68 + offset..<145 + offset, grey)
                x += width + 3 * (1 + Int(number.next() % 4))
            }
            let bits = Binarizer(.fine).bits(of: page)
            for (bar, next) in zip(bars, bars.dropFirst()) {
                let (inside, between) = (
                    bits.blackShare(bar, 76 + offset..<137 + offset),
                    bits.blackShare(bar.upperBound..<next.lowerBound, 76 + offset..<137 + offset)
                )
                #expect(inside > 0.95 && between < 0.05, "\(bar): \(inside), \(between)")
            }
        }
    }

    @Test("A hairline below a pale row is no bar", arguments: [UInt8(242), 245], [UInt8(220), 225])
    func rows(ground: UInt8, grey: UInt8) {
        for offset in 0..<16 {
            var page = GreyPage.filled(255, rows: 128)
            page.fill(100..<400, 40 + offset..<69 + offset, ground)
            page.fill(100..<400, 69 + offset..<70 + offset, grey)
            let bits = Binarizer(.fine).bits(of: page)
            for x in 120..<380 {
                let black = (0..<128).filter { bits.isBlack(x: x, y: $0) }
                #expect(black.isEmpty || black == [69 + offset], "\(offset), \(x): \(black)")
            }
        }
    }

    @Test("One white letter on a cell can be read", arguments: [UInt8(140), 165, 195], [2, 9])
    func cells(grey: UInt8, gap: Int) {
        var page = GreyPage.filled(255, rows: 256)
        let cells = (0..<10).map { (x: 100 + $0 * (101 + gap), y: 80 + $0) }
        for (x, y) in cells {
            page.fill(x..<x + 101, y..<y + 62, grey)
            // An L.
            page.fill(x + 40..<x + 45, y + 20..<y + 42, 255)
            page.fill(x + 40..<x + 54, y + 38..<y + 42, 255)
        }
        let bits = Binarizer(.fine).bits(of: page)
        for (x, y) in cells {
            #expect(bits.blackShare(x + 41..<x + 44, y + 21..<y + 41) == 0, "\(x)")
            #expect(bits.blackShare(x + 8..<x + 36, y + 8..<y + 54) > 0.95, "\(x)")
            #expect(bits.blackShare(x + 58..<x + 93, y + 8..<y + 54) > 0.95, "\(x)")
        }
    }

    @Test("White words on a button on a dark ground can be read", arguments: [UInt8(20), 42], [UInt8(90), 120, 150])
    func buttons(ground: UInt8, grey: UInt8) {
        var page = GreyPage.filled(ground, rows: 256)
        for step in 0..<8 {
            let (x, y) = (100 + 181 * step, 60 + 3 * step)
            page.fill(x..<x + 153, y..<y + 31, grey)
            for letter in stride(from: x + 30, to: x + 120, by: 12) {
                page.fill(letter..<letter + 3, y + 9..<y + 23, 255)
            }
        }
        let bits = Binarizer(.fine).bits(of: page)
        for step in 0..<8 {
            let (x, y) = (100 + 181 * step, 60 + 3 * step)
            for letter in stride(from: x + 30, to: x + 110, by: 12) {
                #expect(bits.blackShare(letter..<letter + 3, y + 10..<y + 22) < 0.1, "\(letter)")
                #expect(bits.blackShare(letter + 4..<letter + 11, y + 10..<y + 22) > 0.9, "\(letter)")
            }
        }
    }

    @Test(
        "What is filled is darker than what is empty, in a row of squares",
        arguments: [Resolution.standard, .fine], [(UInt8(150), UInt8(215)), (185, 220)])
    func ratings(resolution: Resolution, greys: (filled: UInt8, empty: UInt8)) {
        let squash = resolution == .standard ? 2 : 1
        for offset in 0..<16 {
            var page = GreyPage.filled(255, rows: 128)
            func square(_ step: Int) -> (columns: Range<Int>, rows: Range<Int>) {
                let (x, y) = (100 + offset + 37 * step, (40 + offset) / squash)
                return (x..<x + 28, y..<y + 28 / squash)
            }
            for step in 0..<5 {
                page.fill(square(step).columns, square(step).rows, step < 3 ? greys.filled : greys.empty)
            }
            let bits = Binarizer(resolution).bits(of: page)
            let shares = (0..<5).map { bits.blackShare(square($0).columns, square($0).rows) }
            #expect(shares[3...].min() ?? 0 > 0, "\(offset): \(shares)")
            #expect(shares[..<3].min() ?? 0 > (shares[3...].max() ?? 1) + 0.05, "\(offset): \(shares)")
        }
    }

    @Test("What lies between the roads of a map is no blot", arguments: [UInt8(192), 216])
    func roads(ground: UInt8) {
        var page = GreyPage.filled(ground, rows: 600)
        // Two that cross at a flat angle, one across both: white with pale edges.
        let roads = [(slope: 0.9, at: 0.0), (1.15, -120), (-0.3, 500), (0.3, 150)]
        for y in 0..<600 {
            for x in 0..<1728 {
                for (slope, at) in roads {
                    let far = abs(Double(y) - at - slope * Double(x - 400)) / (1 + slope * slope).squareRoot()
                    let place = y * 1728 + x
                    if far < 6 {
                        page.pixels[place] = 255
                    } else if far < 8 {
                        page.pixels[place] = min(page.pixels[place], 153)
                    }
                }
            }
        }
        let bits = Binarizer(.fine).bits(of: page)
        for y in stride(from: 0, to: 592, by: 4) {
            for x in stride(from: 300, to: 1200, by: 4) {
                #expect(bits.blackShare(x..<x + 8, y..<y + 8) < 1, "\(x), \(y)")
            }
        }
    }

    @Test("Round letters of 20 points on a panel are whole", arguments: [UInt8(112), 140], [UInt8(221), 235])
    func largeLetters(grey: UInt8, ground: UInt8) {
        for offset in 0..<16 {
            var page = GreyPage.filled(255, rows: 256)
            page.fill(64..<1664, 32..<200, ground)
            let letters = (0..<20).map { (x: 100 + 61 * $0, y: 80 + offset) }
            for (left, top) in letters {
                // An "0", 40 rows high and 28 pixels wide.
                for y in 0..<40 {
                    for x in 0..<28 where isInk(x, y) { page.pixels[(top + y) * 1728 + left + x] = grey }
                }
            }
            let bits = Binarizer(.fine).bits(of: page)
            for (left, top) in letters {
                var missing = 0
                for y in 0..<40 {
                    for x in 0..<28 where isInk(x, y) && !bits.isBlack(x: left + x, y: top + y) { missing += 1 }
                }
                #expect(missing == 0, "\(left), \(top): \(missing)")
            }
        }
        func isInk(_ x: Int, _ y: Int) -> Bool {
            let (across, down) = (Double(x) - 13.5, Double(y) - 19.5)
            return across * across / 196 + down * down / 400 <= 1 && across * across / 36 + down * down / 144 > 1
        }
    }
}
