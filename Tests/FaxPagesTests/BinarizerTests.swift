import FaxModel
import Testing

@testable import FaxPages

@Suite("Grey becomes black and white")
struct BinarizerTests {
    @Test("A tone keeps its share of black at each resolution", arguments: Resolution.allCases)
    func tones(resolution: Resolution) {
        for grey in [26, 64, 128, 192, 230] {
            var page = GreyPage(width: 1728, rows: 64)
            for index in page.pixels.indices { page.pixels[index] = UInt8(grey) }
            let bits = Binarizer(resolution).bits(of: page)
            let black = bits.bytes.reduce(0) { $0 + $1.nonzeroBitCount }
            let share = Double(black) / Double(1728 * 64)
            #expect(abs(share - (1 - Double(grey) / 255)) < 0.04, "\(grey) gives \(share)")
        }
    }

    @Test("White stays white, black stays black, and what is nearly white is white")
    func extremes() {
        for (grey, expected) in [(UInt8(255), UInt8(0)), (0, 0xFF), (254, 0)] {
            var page = GreyPage(width: 1728, rows: 20)
            for index in page.pixels.indices { page.pixels[index] = grey }
            #expect(Binarizer(.fine).bits(of: page).bytes.allSatisfy { $0 == expected })
        }
    }

    @Test("The antialiased edge of a letter is cut sharp and not screened")
    func edges() {
        var page = GreyPage(width: 1728, rows: 32)
        for y in 0..<32 {
            page.pixels[y * 1728 + 100] = 90
            for x in 101..<104 { page.pixels[y * 1728 + x] = 0 }
            page.pixels[y * 1728 + 104] = 200
        }
        let bits = Binarizer(.fine).bits(of: page)
        for y in 0..<32 {
            let black = (0..<1728).filter { bits.isBlack(x: $0, y: y) }
            #expect(black == [100, 101, 102, 103])
        }
    }

    @Test("The screen's dots are clusters: a mid grey has far fewer runs than pixels")
    func clusters() {
        var page = GreyPage(width: 1728, rows: 64)
        for index in page.pixels.indices { page.pixels[index] = 150 }
        let bits = Binarizer(.fine).bits(of: page)
        var changes = 0
        for y in 0..<64 {
            for x in 1..<1728 where bits.isBlack(x: x, y: y) != bits.isBlack(x: x - 1, y: y) { changes += 1 }
        }
        #expect(Double(changes) / Double(64 * 1727) < 0.5)
    }
}
