import FaxModel
import Testing

@testable import FaxPages

@Suite("What is of one tone is a mark, a stroke or something to read from")
struct ToneTests {
    @Test(
        "A mark of any grey stays wherever it lies in the tiles, and hardly lighter than the bar that it stands for",
        arguments: [Resolution.standard, .fine])
    func marks(resolution: Resolution) {
        let squash = resolution == .standard ? 2 : 1
        for grey in [UInt8(100), 140, 180, 205] {
            var page = GreyPage.filled(255, rows: 512)
            for step in 0..<16 {
                let (x, y) = (100 + 81 * step, (64 + 5 * step) / squash)
                page.fill(x..<x + 22, y..<y + 22 / squash, grey)
            }
            page.fill(200..<400, 300..<500, grey)
            let bits = Binarizer(resolution).bits(of: page)
            let bar = bits.blackShare(216..<384, 316..<484)
            for step in 0..<16 {
                let (x, y) = (100 + 81 * step, (64 + 5 * step) / squash)
                let share = bits.blackShare(x..<x + 22, y..<y + 22 / squash)
                #expect(share > bar - 0.2 && share >= 0.08, "\(grey) at \(x), \(y): \(share), its bar \(bar)")
                #expect(bits.blackShare(x + 30..<x + 60, y..<y + 22 / squash) == 0)
            }
        }
    }

    @Test("A mark on a tone that goes stays, whole, and the tone goes around it")
    func marksOnTones() {
        var page = GreyPage.filled(255, rows: 512)
        page.fill(64..<1664, 64..<448, 190)
        // Words that make the tone something to read from.
        for x in stride(from: 100, to: 1600, by: 16) { page.fill(x..<x + 4, 360..<382, 20) }
        for step in 0..<16 { page.fill(100 + 81 * step..<134 + 81 * step, 120 + 5 * step..<154 + 5 * step, 110) }
        let bits = Binarizer(.fine).bits(of: page)
        for step in 0..<16 {
            let (x, y) = (100 + 81 * step, 120 + 5 * step)
            for part in [x..<x + 17, x + 17..<x + 34] {
                let share = bits.blackShare(part, y..<y + 34)
                #expect(share > 0.2, "\(x), \(y): \(share)")
            }
            #expect(bits.blackShare(x + 38..<x + 76, y..<y + 34) == 0)
        }
    }

    @Test("What is between the letters on a tone that goes is no mark")
    func pieces() {
        var page = GreyPage.filled(255, rows: 512)
        page.fill(64..<1664, 64..<448, 190)
        for line in stride(from: 72, to: 430, by: 16) {
            for x in stride(from: 72, to: 1640, by: 8) where (x / 8 + line) % 29 != 0 {
                page.fill(x..<x + 4, line..<line + 12, 20)
            }
        }
        let bits = Binarizer(.fine).bits(of: page)
        for line in stride(from: 104, to: 400, by: 16) {
            for x in stride(from: 104, to: 1600, by: 8) {
                let isLetter = (x / 8 + line) % 29 != 0
                #expect(bits.isBlack(x: x + 1, y: line + 6) == isLetter, "\(x), \(line)")
                #expect(!bits.isBlack(x: x + 6, y: line + 6), "\(x), \(line)")
            }
        }
    }

    @Test("A number on a grey badge can be read", arguments: [UInt8(100), 165, 195])
    func badges(grey: UInt8) {
        var page = GreyPage.filled(255, rows: 256)
        for step in 0..<12 {
            let (x, y) = (100 + 101 * step, 80 + 3 * step)
            page.fill(x..<x + 52, y..<y + 52, grey)
            page.fill(x + 24..<x + 28, y + 14..<y + 38, 255)
        }
        let bits = Binarizer(.fine).bits(of: page)
        for step in 0..<12 {
            let (x, y) = (100 + 101 * step, 80 + 3 * step)
            #expect((y + 15..<y + 37).allSatisfy { !bits.isBlack(x: x + 25, y: $0) }, "\(x)")
            #expect(bits.blackShare(x + 2..<x + 22, y + 2..<y + 50) > 0.99, "\(x)")
        }
    }

    @Test(
        "A thick grey line is solid, as thinner ones are, and a bar a tint, wherever they lie",
        arguments: [UInt8(110), 150, 180])
    func thickLines(grey: UInt8) {
        for width in stride(from: 13, to: 35, by: 3) {
            var page = GreyPage.filled(255, rows: 1600)
            for step in 0..<16 {
                page.fill(100 + 81 * step..<100 + 81 * step + width, 50..<300, grey)
                page.fill(100..<900, 320 + 75 * step..<320 + 75 * step + width, grey)
            }
            let bits = Binarizer(.fine).bits(of: page)
            for step in 0..<16 {
                let upright = bits.blackShare(100 + 81 * step..<100 + 81 * step + width, 60..<292)
                let flat = bits.blackShare(100..<900, 320 + 75 * step..<320 + 75 * step + width)
                for share in [upright, flat] {
                    #expect(width < 24 ? share == 1 : share < 0.75 && share > 0.15, "\(width), \(step): \(share)")
                }
            }
        }
    }

    @Test(
        "The thick letters of a headline can be read, whatever grey they have and lie on",
        arguments: [
            (UInt8(0), UInt8(120)), (0, 200), (40, 120), (40, 160), (40, 210), (255, 110), (255, 160), (255, 180),
        ])
    func headlines(ground: UInt8, grey: UInt8) {
        var page = GreyPage.filled(ground, rows: 512)
        // An H of 18 pixels' stems.
        for step in 0..<12 {
            let (x, y) = (100 + 101 * step, 200 + step)
            page.fill(x..<x + 18, y..<y + 70, grey)
            page.fill(x + 42..<x + 60, y..<y + 70, grey)
            page.fill(x..<x + 60, y + 28..<y + 44, grey)
        }
        let bits = Binarizer(.fine).bits(of: page)
        for step in 0..<12 {
            let (x, y) = (100 + 101 * step, 200 + step)
            for stem in [x + 2..<x + 16, x + 44..<x + 58] {
                let (inside, beside) = (
                    bits.blackShare(stem, y + 3..<y + 67), bits.blackShare(x + 64..<x + 96, y..<y + 70)
                )
                #expect(
                    ground < 128 ? inside < 0.1 && beside > 0.9 : inside > 0.9 && beside < 0.1, "\(step): \(inside)")
            }
        }
    }

    @Test("A headline with a black rule close below it stays whole", arguments: [UInt8(120), 153, 175])
    func underlined(grey: UInt8) {
        for foot in 270..<286 {
            var page = GreyPage.filled(255, rows: 512)
            for x in stride(from: 100, to: 1500, by: 61) {
                page.fill(x..<x + 18, 200..<foot, grey)
                page.fill(x..<x + 42, foot - 18..<foot, grey)
            }
            page.fill(90..<1560, foot + 3..<foot + 6, 0)
            let bits = Binarizer(.fine).bits(of: page)
            for x in stride(from: 161, to: 1400, by: 61) {
                let share = bits.blackShare(x + 1..<x + 41, foot - 16..<foot - 1)
                #expect(share > 0.97, "\(foot), \(x): \(share)")
            }
        }
    }

    @Test("A code of grey squares stays whole", arguments: [UInt8(85), 138, 180])
    func squares(grey: UInt8) {
        var page = GreyPage.filled(255, rows: 512)
        var numbers = SeededNumbers("squares")
        let isSet = (0..<25 * 25).map { _ in numbers.next() & 1 == 1 }
        for (place, isSet) in isSet.enumerated() where isSet {
            let (x, y) = (203 + 9 * (place % 25), 101 + 9 * (place / 25))
            page.fill(x..<x + 9, y..<y + 9, grey)
        }
        let bits = Binarizer(.fine).bits(of: page)
        for (place, isSet) in isSet.enumerated() {
            let (x, y) = (203 + 9 * (place % 25), 101 + 9 * (place / 25))
            #expect(bits.isBlack(x: x + 4, y: y + 4) == isSet, "\(x), \(y)")
        }
    }

    @Test("What is dark on a small table with white rules stays")
    func table() {
        var page = GreyPage.filled(255, rows: 512)
        page.fill(200..<480, 100..<228, 190)
        for x in stride(from: 256, to: 480, by: 56) { page.fill(x..<x + 4, 100..<228, 255) }
        for x in stride(from: 210, to: 470, by: 14) { page.fill(x..<x + 4, 140..<162, 20) }
        let bits = Binarizer(.fine).bits(of: page)
        for x in stride(from: 224, to: 456, by: 14) {
            #expect(bits.isBlack(x: x + 1, y: 150), "\(x)")
            #expect(bits.blackShare(x + 6..<x + 12, 140..<162) < 0.5, "\(x)")
        }
    }

    @Test("A line that ends at a bar of its own grey goes on to it")
    func axis() {
        var page = GreyPage.filled(255, rows: 512)
        for step in 0..<8 { page.fill(130 + 131 * step..<210 + 131 * step, 100..<400, 140) }
        page.fill(60..<1400, 400..<403, 136)
        let bits = Binarizer(.fine).bits(of: page)
        for x in 62..<1398 { #expect((399..<404).contains { bits.isBlack(x: x, y: $0) }, "\(x)") }
    }

    @Test(
        "Words that are white and words that are black can be read on one tone", arguments: [UInt8(110), 130, 160, 190])
    func mixedWords(grey: UInt8) {
        var page = GreyPage.filled(255, rows: 512)
        page.fill(100..<1500, 60..<460, grey)
        for x in stride(from: 140, to: 1400, by: 24) { page.fill(x..<x + 7, 90..<134, 255) }
        for line in stride(from: 180, to: 420, by: 40) {
            for x in stride(from: 140, to: 1400, by: 14) { page.fill(x..<x + 4, line..<line + 22, 20) }
        }
        let bits = Binarizer(.fine).bits(of: page)
        for x in stride(from: 164, to: 1380, by: 24) {
            #expect(bits.blackShare(x + 1..<x + 6, 92..<132) < 0.1, "\(x)")
            #expect(bits.blackShare(x + 9..<x + 22, 92..<132) > 0.9, "\(x)")
        }
        for line in stride(from: 180, to: 420, by: 40) {
            for x in stride(from: 154, to: 1380, by: 14) {
                #expect(bits.isBlack(x: x + 1, y: line + 11), "\(x), \(line)")
                #expect(!bits.isBlack(x: x + 9, y: line + 11), "\(x), \(line)")
            }
        }
    }

    @Test(
        "Small squares in a row stay, wherever they lie, as far apart as they are",
        arguments: [UInt8(140), 186, 205], [36, 48, 81])
    func rows(grey: UInt8, pitch: Int) {
        for side in [16, 22, 26] {
            for offset in 0..<16 {
                var page = GreyPage.filled(255, rows: 128)
                for step in 0..<9 {
                    page.fill(
                        100 + offset + pitch * step..<100 + offset + pitch * step + side,
                        40 + offset..<40 + offset + side, grey)
                }
                let bits = Binarizer(.fine).bits(of: page)
                for step in 0..<9 {
                    let x = 100 + offset + pitch * step
                    let share = bits.blackShare(x..<x + side, 40 + offset..<40 + offset + side)
                    #expect(share >= 0.08, "\(side) at \(x): \(share)")
                }
            }
        }
    }

    @Test(
        "The letters of a pale headline are whole and as black as each other", arguments: [UInt8(153), 190, 204, 217])
    func paleHeadlines(grey: UInt8) {
        for offset in 0..<16 {
            var page = GreyPage.filled(255, rows: 256)
            // The stems, bars and bowls of "LIE", of 14 pixels, 60 rows high.
            for step in 0..<10 {
                let (x, y) = (100 + offset + 130 * step, 80 + offset)
                page.fill(x..<x + 14, y..<y + 60, grey)
                page.fill(x..<x + 34, y + 46..<y + 60, grey)
                page.fill(x + 44..<x + 58, y..<y + 60, grey)
                page.fill(x + 70..<x + 84, y..<y + 60, grey)
                for bar in [0, 23, 46] { page.fill(x + 70..<x + 104, y + bar..<y + bar + 14, grey) }
            }
            let bits = Binarizer(.fine).bits(of: page)
            for step in 0..<10 {
                let (x, y) = (100 + offset + 130 * step, 80 + offset)
                for stem in [x, x + 44, x + 70] {
                    let share = bits.blackShare(stem + 1..<stem + 13, y + 1..<y + 59)
                    #expect(share > 0.99, "\(offset), \(stem): \(share)")
                }
                #expect(bits.blackShare(x + 15..<x + 43, y + 2..<y + 44) == 0)
            }
        }
    }

    @Test(
        "A pale letter of 24 points is whole, wherever its bowl meets its stem",
        arguments: [Resolution.standard, .fine], [UInt8(140), 153, 190])
    func bowls(resolution: Resolution, grey: UInt8) {
        let squash = resolution == .standard ? 2 : 1
        for offset in 0..<16 {
            var page = GreyPage.filled(255, rows: 128)
            for step in 0..<16 {
                let (left, top) = (100 + 81 * step, 32 + offset)
                // A "q", each pixel as black as the letter covers it.
                for y in 0..<60 / squash {
                    for x in 0..<40 {
                        let covered = (0..<16).count { part in
                            let (u, v) = (
                                Double(x) + Double(part % 4) / 4, (Double(y) + Double(part / 4) / 4) * Double(squash)
                            )
                            let far = ((u - 18) * (u - 18) + (v - 18) * (v - 18)).squareRoot()
                            return 12...18 ~= far || 30..<36 ~= u && v < 52
                        }
                        let place = (top / squash + y) * 1728 + left + x
                        page.pixels[place] = 255 - UInt8(covered * (255 - Int(grey)) / 16)
                    }
                }
            }
            let bits = Binarizer(resolution).bits(of: page)
            for step in 0..<16 {
                let (left, top) = (100 + 81 * step, 32 + offset)
                let share = bits.blackShare(left + 30..<left + 36, top / squash..<(top + 52) / squash)
                #expect(share == 1, "\(left), \(top): \(share)")
            }
        }
    }

    @Test(
        "A headline on a pale tone has whole edges", arguments: Resolution.allCases,
        [(UInt8(205), UInt8(115)), (190, 115)])
    func headlinesOnTones(resolution: Resolution, tones: (ground: UInt8, grey: UInt8)) {
        let (across, down) = (100, resolution.linesPerInch)
        func y(_ line: Int) -> Int { line * down / 196 }
        var page = GreyPage.filled(255, rows: y(512))
        page.fill(64..<1664, y(64)..<y(448), tones.ground)
        for step in 0..<12 {
            let (x, top) = (across + 101 * step, 160 + step)
            page.fill(x..<x + 18, y(top)..<y(top + 70), tones.grey)
            page.fill(x + 42..<x + 60, y(top)..<y(top + 70), tones.grey)
            page.fill(x..<x + 60, y(top + 28)..<y(top + 44), tones.grey)
        }
        // Words that make the tone something to read from.
        for x in stride(from: 100, to: 1600, by: 16) { page.fill(x..<x + 4, y(360)..<y(382), 20) }
        let bits = Binarizer(resolution).bits(of: page)
        for step in 0..<12 {
            let (x, top) = (across + 101 * step, 160 + step)
            for stem in [x + 1..<x + 17, x + 43..<x + 59] {
                let share = bits.blackShare(stem, y(top + 3)..<y(top + 67))
                #expect(share > 0.97, "\(step): \(share)")
            }
            #expect(bits.blackShare(x + 64..<x + 96, y(top)..<y(top + 70)) < 0.05, "\(step)")
        }
    }

    @Test("A grey badge close to a black one is black up to its edge")
    func neighbours() {
        for offset in 0..<16 {
            var page = GreyPage.filled(255, rows: 256)
            for (x, grey) in [(100, UInt8(150)), (174, 20), (400, 20), (474, 150)] {
                page.fill(x + offset..<x + offset + 64, 80..<144, grey)
                page.fill(x + offset + 28..<x + offset + 33, 96..<128, 255)
            }
            let bits = Binarizer(.fine).bits(of: page)
            for x in [100, 174, 400, 474] {
                for part in [x + 1..<x + 26, x + 36..<x + 63] {
                    let share = bits.blackShare(part.lowerBound + offset..<part.upperBound + offset, 82..<142)
                    #expect(share > 0.99, "\(offset), \(x): \(share)")
                }
            }
        }
    }

    @Test("Pale rules with black ticks are drawn on a page with nothing else")
    func ticks() {
        var page = GreyPage.filled(255, rows: 512)
        for line in stride(from: 50, to: 450, by: 40) {
            page.fill(100..<860, line..<line + 3, 200)
            for x in stride(from: 104, to: 860, by: 16) { page.fill(x..<x + 1, line - 3..<line, 0) }
        }
        let bits = Binarizer(.fine).bits(of: page)
        for line in stride(from: 50, to: 450, by: 40) {
            // Close to a tick what has less than half of its contrast is taken for its edge.
            let missing = (116..<860).filter { x in
                x % 16 > 11 && !(line..<line + 3).contains { bits.isBlack(x: x, y: $0) }
            }
            #expect(missing.isEmpty, "\(line): \(missing.count)")
        }
    }
}
