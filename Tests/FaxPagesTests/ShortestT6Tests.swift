import FaxModel
import Foundation
import Testing

@testable import FaxPages

@Suite("The archive's T.6 is the shortest that there is")
struct ShortestT6Tests {
    @Test("libtiff decodes it to the pixels that were coded, and it is shorter than what libtiff's own coder makes")
    func decoded() throws {
        try withPlainScratch { scratch in
            try TestPages.write([TestPages.page(1, rows: 10)], to: scratch + "/a.tiff", .fine, .g4)
            var tiny = try TinyTIFF(from: scratch + "/a.tiff")
            tiny.isLowestBitFirst = false
            for page in [
                TestPages.page(3, rows: 1500), PageBits(width: 1728, rows: 20), TestPages.noise(width: 2432, rows: 100),
                TestPages.noise(width: 7, rows: 100), TestPages.noise(width: 6000, rows: 30),
            ] {
                let code = ShortestT6.code(page)
                #expect(code.count <= PageCoder(.g4, .fine).codeHighestFirst(page).count)
                (tiny.width, tiny.rows, tiny.rowsPerStrip) = (UInt32(page.width), UInt32(page.rows), UInt32(page.rows))
                tiny.strips = [code]
                try write(tiny.bytes, to: scratch + "/b.tiff")
                let (bits, complaint) = try TIFFFile.decode(scratch + "/b.tiff", page: 0)
                #expect(bits == page && complaint == nil)
            }
            let text = TestPages.page(3, rows: 1500)
            #expect(ShortestT6.code(text).count * 100 < PageCoder(.g4, .fine).codeHighestFirst(text).count * 99)
        }
    }

    @Test("Of all codes that a decoder reads as a row none has fewer bits")
    func everyCode() {
        let width = 9
        var numbers = SystemRandomNumberGenerator()
        for _ in 0..<300 {
            var page = PageBits(width: width, rows: 2)
            for index in [0, 2] {
                page.bytes[index] = UInt8.random(in: 0...255, using: &numbers)
                page.bytes[index + 1] = UInt8.random(in: 0...1, using: &numbers) << 7
            }
            let rows = (0..<2).map { y in (0..<width).map { page.isBlack(x: $0, y: y) } }
            let white = [Bool](repeating: false, count: width)
            let bits = Search(above: white, row: rows[0]).bits + Search(above: rows[0], row: rows[1]).bits
            #expect(ShortestT6.code(page).count == (bits + 24 + 7) / 8, "\(rows)")
        }
    }

    /// Tries what T.6's decoder knows from every place in a row, whether or not a coder would think of it.
    private struct Search {
        let above: [Bool]
        let row: [Bool]

        var bits: Int {
            var known: [Int: Int] = [:]
            return least(from: -1, isBlack: false, &known) ?? .max
        }

        private func least(from start: Int, isBlack: Bool, _ known: inout [Int: Int]) -> Int? {
            if start >= row.count { return 0 }
            let key = (start + 1) * 2 + (isBlack ? 1 : 0)
            if let bits = known[key] { return bits == .max ? nil : bits }
            var best: Int?
            func take(_ bits: Int, to end: Int, isBlack next: Bool, _ known: inout [Int: Int]) {
                if let rest = least(from: end, isBlack: next, &known) { best = min(best ?? .max, bits + rest) }
            }
            let b1 = change(after: start, to: !isBlack)
            let b2 = change(after: b1, to: isBlack)
            if b2 < row.count, isFilled(start, b2, isBlack) { take(4, to: b2, isBlack: isBlack, &known) }
            for (shift, bits) in [-3: 7, -2: 6, -1: 3, 0: 1, 1: 3, 2: 6, 3: 7] {
                let end = b1 + shift
                guard end > start, end <= row.count, isFilled(start, end, isBlack) else { continue }
                take(bits, to: end, isBlack: !isBlack, &known)
            }
            let place = max(start, 0)
            for first in 0...(row.count - place) where isFilled(place, place + first, isBlack) {
                for second in 0...(row.count - place - first) {
                    // Runs of no pixels stand at the row's ends only.
                    guard first > 0 || start < 0, second > 0 || place + first == row.count,
                        isFilled(place + first, place + first + second, !isBlack)
                    else { continue }
                    let codes = [RunCodes.tables.white, RunCodes.tables.black]
                    let bits = 3 + codes[isBlack ? 1 : 0][first].length + codes[isBlack ? 0 : 1][second].length
                    take(Int(bits), to: place + first + second, isBlack: isBlack, &known)
                }
            }
            known[key] = best ?? .max
            return best
        }

        private func isFilled(_ start: Int, _ end: Int, _ isBlack: Bool) -> Bool {
            (max(start, 0)..<max(end, max(start, 0))).allSatisfy { row[$0] == isBlack }
        }

        /// The first pixel above right of a place that has a colour and the one before it has not.
        private func change(after start: Int, to isBlack: Bool) -> Int {
            var x = max(start + 1, 0)
            while x < above.count {
                if above[x] == isBlack, (x == 0 ? false : above[x - 1]) != isBlack { return x }
                x += 1
            }
            return above.count
        }
    }
}
