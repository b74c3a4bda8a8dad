import FaxModel
import Testing

@testable import FaxPages

@Suite("Grey becomes black and white")
struct BinarizerTests {
    @Test("A tone without anything on it keeps its share of black at each resolution", arguments: Resolution.allCases)
    func tones(resolution: Resolution) {
        for grey in [96, 128, 160, 192] {
            let bits = Binarizer(resolution).bits(of: .filled(UInt8(grey), rows: 256))
            let share = Double(bits.blackCount) / Double(1728 * 256)
            #expect(abs(share - (1 - Double(grey) / 255)) < 0.06, "\(grey) gives \(share)")
        }
    }

    @Test("White stays white, black stays black, and what is nearly white is white")
    func extremes() {
        for (grey, expected) in [(UInt8(255), UInt8(0)), (0, 0xFF), (254, 0)] {
            #expect(Binarizer(.fine).bits(of: .filled(grey, rows: 20)).bytes.allSatisfy { $0 == expected })
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

    @Test(
        "A hairline that lies in two rows is one row, and the edge of something thicker none",
        arguments: Resolution.allCases)
    func hairlines(resolution: Resolution) {
        var page = GreyPage(width: 1728, rows: 64)
        for stem in [98..<101, 107..<110] { page.fill(stem, 9..<15, 0) }
        page.fill(101..<107, 11..<12, 180)
        page.fill(101..<107, 12..<13, 175)
        for stem in [98..<101, 107..<110] { page.fill(stem, 8..<9, 200) }
        let bits = Binarizer(resolution).bits(of: page)
        for x in 101..<107 { #expect((0..<64).filter { bits.isBlack(x: x, y: $0) } == [12]) }
        for x in 98..<101 { #expect((0..<64).filter { bits.isBlack(x: x, y: $0) } == Array(9..<15)) }
    }

    @Test("What pale lines cut off of a tone stays a tone", arguments: [Resolution.standard, .fine])
    func wedges(resolution: Resolution) {
        var page = GreyPage.filled(200, rows: 512)
        // Words that make the tone something to read from, and two pale lines close to each other.
        for x in stride(from: 100, to: 1600, by: 16) { page.fill(x..<x + 4, 100..<400, 20) }
        page.fill(0..<1728, 440..<448, 255)
        page.fill(0..<1728, 452..<460, 255)
        let bits = Binarizer(resolution).bits(of: page)
        #expect(bits.blackShare(200..<1500, 448..<452) < 0.3)
        #expect(bits.blackShare(100..<1600, 100..<400) > 0.2)
    }

    @Test(
        "A dark bar stays darker than a lighter one and neither is solid black, unless something is written on it",
        arguments: [Resolution.standard, .fine])
    func bars(resolution: Resolution) {
        var page = GreyPage.filled(255, rows: 512)
        page.fill(200..<325, 90..<410, 85)
        page.fill(400..<525, 90..<410, 140)
        page.fill(600..<725, 90..<410, 85)
        for x in stride(from: 632, to: 700, by: 14) { page.fill(x..<x + 4, 240..<262, 255) }
        let bits = Binarizer(resolution).bits(of: page)
        let shares = [200, 400, 600].map { bits.blackShare($0 + 16..<$0 + 109, 106..<220) }
        #expect(shares[0] > shares[1] + 0.1 && shares[0] < 0.8, "\(shares)")
        #expect(shares[2] > 0.99, "\(shares)")
        for x in stride(from: 632, to: 700, by: 14) { #expect(!bits.isBlack(x: x + 1, y: 250)) }
    }

    @Test(
        "The pale edges of a road are drawn in every second row, at 98 lines in every fourth, pale letters in all",
        arguments: [Resolution.standard, .fine])
    func roads(resolution: Resolution) {
        var page = GreyPage.filled(255, rows: 512)
        page.fill(100..<1600, 64..<448, 223)
        for x in [400, 409] { page.fill(x..<x + 2, 64..<448, 153) }
        page.fill(402..<409, 64..<448, 255)
        for letter in stride(from: 600, to: 900, by: 14) { page.fill(letter..<letter + 4, 240..<254, 130) }
        // A flat road, whose edges lie in one row each.
        for step in 0..<100 {
            let (x, y) = (1000 + 3 * step, 100 + step)
            page.fill(x..<x + 3, y..<y + 1, 153)
            page.fill(x..<x + 3, y + 1..<y + 8, 255)
            page.fill(x..<x + 3, y + 8..<y + 9, 153)
        }
        let bits = Binarizer(resolution).bits(of: page)
        let period = resolution == .standard ? 4 : 2
        for y in 100..<400 {
            for x in [400, 409] { #expect(bits.isBlack(x: x, y: y) == (y % period == 0), "\(x), \(y)") }
        }
        for letter in stride(from: 614, to: 880, by: 14) {
            #expect((240..<254).allSatisfy { bits.isBlack(x: letter + 1, y: $0) }, "\(letter)")
        }
        for step in 1..<99 { #expect(bits.isBlack(x: 1001 + 3 * step, y: 100 + step), "\(step)") }
    }

    @Test("A tint is made of long runs: its lines change colour a few times only")
    func runs() {
        let bits = Binarizer(.fine).bits(of: .filled(150, rows: 64))
        var changes = 0
        for y in 0..<64 {
            for x in 1..<1728 where bits.isBlack(x: x, y: y) != bits.isBlack(x: x - 1, y: y) { changes += 1 }
        }
        #expect(changes < 64 * 40)
    }

    @Test(
        "Strokes are read off what they lie on, whatever both are",
        arguments: [
            // paper, ink, whether the ink becomes black, whether the paper does
            (UInt8(255), UInt8(200), true, false), (255, 0, true, false), (205, 40, true, false),
            (232, 90, true, false),
            (20, 255, false, true), (60, 200, false, true), (110, 255, false, true),
        ])
    func strokes(paper: UInt8, ink: UInt8, inkIsBlack: Bool, paperIsBlack: Bool) {
        var page = GreyPage.filled(255, rows: 512)
        page.fill(100..<1600, 64..<448, paper)
        for line in stride(from: 96, to: 410, by: 40) {
            for letter in stride(from: 140, to: 1500, by: 14) { page.fill(letter..<letter + 4, line..<line + 22, ink) }
        }
        let bits = Binarizer(.fine).bits(of: page)
        for line in stride(from: 136, to: 380, by: 40) {
            for letter in stride(from: 154, to: 1480, by: 14) {
                #expect(bits.isBlack(x: letter + 1, y: line + 11) == inkIsBlack, "ink at \(letter), \(line)")
                #expect(bits.isBlack(x: letter + 8, y: line + 11) == paperIsBlack, "paper at \(letter), \(line)")
            }
        }
    }

    @Test("A line of which no two neighbours are alike is one that libtiff can decode", arguments: [UInt8(0), 255])
    func stripes(first: UInt8) async throws {
        var page = GreyPage(width: 1728, rows: 64)
        for y in 0..<64 { for x in 0..<1728 { page.pixels[y * 1728 + x] = x % 2 == 0 ? first : 255 - first } }
        let bits = Binarizer(.fine).bits(of: page)
        try await withScratch { scratch in
            var writer = try FaxTIFFWriter(path: scratch + "/a.tiff", totalPages: 1)
            try writer.add(CodedPage(bits, .fine, .g3OneDimensional))
            _ = try writer.finish()
            #expect(try TIFFFile.preflight(scratch + "/a.tiff").count == 1)
        }
    }

    @Test("Around a photograph on a black background everything is black", arguments: [UInt8(24), 60])
    func frames(ground: UInt8) {
        var page = GreyPage.filled(ground, rows: 1024)
        page.photograph(207..<1203, 109..<803)
        let bits = Binarizer(.fine).bits(of: page)
        #expect(bits.blackShare(100..<205, 50..<900) == 1)
        #expect(bits.blackShare(1205..<1300, 50..<900) == 1)
        #expect(bits.blackShare(100..<1300, 40..<107) == 1)
        #expect(bits.blackShare(100..<1300, 805..<900) == 1)
        #expect(bits.blackShare(1000..<1140, 200..<700) < 0.4)
    }

    @Test("A photograph keeps its tones in any quality but for documents, and the text beside it stays crisp")
    func picture() {
        var page = GreyPage.filled(255, rows: 1024)
        page.photograph(200..<1200, 100..<800)
        page.fill(300..<304, 900..<960, 0)
        for quality in [PageQuality.auto, .photo] {
            let bits = Binarizer(.fine, quality).bits(of: page)
            // A ramp from dark to light: the share of black falls from one end to the other.
            let left = bits.blackShare(260..<400, 200..<700)
            let right = bits.blackShare(1000..<1140, 200..<700)
            #expect(left > 0.6 && left < 0.95 && right < 0.4 && right > 0.05, "\(left) and \(right)")
            #expect(
                (900..<960).allSatisfy { y in (296..<310).filter { bits.isBlack(x: $0, y: y) } == Array(300..<304) })
        }
    }

    @Test("The same page becomes the same bits")
    func deterministic() {
        var page = GreyPage.filled(255, rows: 600)
        page.photograph(100..<900, 40..<560)
        #expect(Binarizer(.fine).bits(of: page) == Binarizer(.fine).bits(of: page))
    }
}

extension GreyPage {
    static func filled(_ grey: UInt8, rows: Int) -> GreyPage {
        var page = GreyPage(width: 1728, rows: rows)
        page.pixels = [UInt8](repeating: grey, count: page.pixels.count)
        return page
    }

    mutating func fill(_ columns: Range<Int>, _ lines: Range<Int>, _ grey: UInt8) {
        for y in lines { for x in columns { pixels[y * width + x] = grey } }
    }

    /// Grain on a ramp from 50 at the left to 210 at the right.
    mutating func photograph(_ columns: Range<Int>, _ lines: Range<Int>) {
        var state: UInt64 = 42
        for y in lines {
            for x in columns {
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                let grain = Int(state >> 58) - 32
                let tone = 50 + 160 * (x - columns.lowerBound) / columns.count
                pixels[y * width + x] = UInt8(max(0, min(255, tone + grain)))
            }
        }
    }
}

extension PageBits {
    var blackCount: Int { bytes.reduce(0) { $0 + $1.nonzeroBitCount } }

    func blackShare(_ columns: Range<Int>, _ lines: Range<Int>) -> Double {
        let black = lines.reduce(0) { sum, y in sum + columns.count { isBlack(x: $0, y: y) } }
        return Double(black) / Double(columns.count * lines.count)
    }
}
