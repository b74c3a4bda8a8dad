import FaxModel
import Testing

@testable import FaxPages

@Suite("Pictures are nearer to what they show in fewer runs")
struct DotSearchTests {
    /// A landscape without a straight line in it: hills of many tones, with grain.
    private func picture(_ resolution: Resolution) -> GreyPage {
        let rows = 400 * resolution.linesPerInch / 196
        var page = GreyPage(width: 1728, rows: rows)
        var state: UInt32 = 12345
        for y in 0..<rows {
            for x in 200..<1400 {
                state = state &* 1_664_525 &+ 1_013_904_223
                let grain = Int(state >> 28) - 8
                let (a, b) = ((x * x / 300 + 2 * y) % 400, (y * 196 / resolution.linesPerInch * 3 + x / 2) % 300)
                page.pixels[y * 1728 + x] = UInt8(min(245, max(8, abs(a - 200) / 2 + abs(b - 150) / 2 + 40 + grain)))
            }
        }
        return page
    }

    private func spans(_ page: GreyPage) -> [[Range<Int>]] { [[200..<1400]] }

    /// Squares of what is left of the difference between dots and picture in squares of half a millimetre.
    private func difference(_ bits: PageBits, _ page: GreyPage, _ resolution: Resolution) -> Double {
        let height = 4 * resolution.linesPerInch / 195
        var total = 0.0
        for top in stride(from: 0, to: page.rows - height, by: height) {
            for left in stride(from: 200, to: 1396, by: 4) {
                var sum = 0
                for y in top..<top + height {
                    for x in left..<left + 4 {
                        sum += Int(page.pixels[y * 1728 + x]) - (bits.isBlack(x: x, y: y) ? 0 : 255)
                    }
                }
                let mean = Double(sum) / Double(4 * height)
                total += mean * mean
            }
        }
        return total
    }

    private func halftoned(_ page: GreyPage, _ leaning: RunHalftone.Leaning) -> PageBits {
        var bits = PageBits(width: 1728, rows: page.rows)
        var dots = RunHalftone(width: 1728, leaning)
        page.pixels.withUnsafeBufferPointer { grey in
            bits.bytes.withUnsafeMutableBufferPointer { out in
                for y in 0..<page.rows {
                    dots.draw(
                        UnsafeBufferPointer(rebasing: grey[y * 1728..<(y + 1) * 1728]), [200..<1400],
                        into: out.baseAddress.unsafelyUnwrapped + y * 216)
                }
            }
        }
        return bits
    }

    @Test("Both are less than by the best halftone alone, at each resolution", arguments: Resolution.allCases)
    func search(resolution: Resolution) {
        let page = picture(resolution)
        let alone = halftoned(
            page, RunHalftone.Leaning(along: 42, down: -30, forward: 0.17, straight: 0.7, limit: 120))
        let before = halftoned(page, .short(resolution))
        var after = before
        DotSearch(resolution, .auto).improve(&after, of: page, spans(page), height: page.rows)
        let differences = (after: difference(after, page, resolution), alone: difference(alone, page, resolution))
        #expect(differences.after < differences.alone)
        for coding in [FaxTIFFWriter.Coding.g3OneDimensional, .g4] {
            let coder = PageCoder(coding, resolution)
            #expect(coder.lineBits(after) < coder.lineBits(alone))
        }
        // The same again, and nothing beside the picture.
        var again = before
        DotSearch(resolution, .auto).improve(&again, of: page, spans(page), height: page.rows)
        #expect(again == after)
        for y in 0..<page.rows { for x in [199, 1400] { #expect(!after.isBlack(x: x, y: y)) } }
    }

    @Test("White stays white, and a page without pictures stays as it is")
    func nothing() {
        let page = GreyPage(width: 1728, rows: 64)
        var bits = PageBits(width: 1728, rows: 64)
        DotSearch(.fine, .auto).improve(&bits, of: page, [[0..<1728], [], [0..<16], []], height: 16)
        #expect(bits == PageBits(width: 1728, rows: 64))
        DotSearch(.fine, .auto).improve(&bits, of: page, [[], [], [], []], height: 16)
        #expect(bits == PageBits(width: 1728, rows: 64))
    }
}
