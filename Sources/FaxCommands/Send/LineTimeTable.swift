import FaxPages

/// Seconds of line time that pages take, at the rates that modems agree on: V.17's 14,400, V.29's 9600 and V.27ter's 4800.
struct LineTimeTable {
    struct Row: Codable {
        var page: Int
        var bits: PageLineBits
        /// By rate in bit/s, in the codings of `PageLineBits`.
        var seconds: [String: [Double]]
    }

    let pages: [PageLineBits]

    private static let rates = [14400, 9600, 4800]

    var rows: [Row] {
        pages.enumerated().map { index, bits in
            let seconds = Self.rates.map { rate in
                ("\(rate)", Self.codings(bits).map { (Double($0) / Double(rate) * 100).rounded() / 100 })
            }
            return Row(page: index + 1, bits: bits, seconds: Dictionary(uniqueKeysWithValues: seconds))
        }
    }

    /// For a terminal: a line for each page, and one for all of them.
    var text: String {
        let head = Self.rates.map { "\($0) bit/s".rightAligned(in: 24) }.joined()
        let codings = Self.rates.map { _ in ["MH", "MR", "MMR"].map { $0.rightAligned(in: 8) }.joined() }.joined()
        var lines = ["seconds " + head, "page    " + codings]
        lines += pages.enumerated().map { "\($0 + 1)".padded(to: 8) + Self.cells($1) }
        if pages.count > 1 {
            let all = pages.reduce(into: PageLineBits(oneDimensional: 0, twoDimensional: 0, t6: 0)) { sum, page in
                sum.oneDimensional += page.oneDimensional
                sum.twoDimensional += page.twoDimensional
                sum.t6 += page.t6
            }
            lines.append("all".padded(to: 8) + Self.cells(all))
        }
        return lines.joined(separator: "\n")
    }

    private static func codings(_ bits: PageLineBits) -> [Int] { [bits.oneDimensional, bits.twoDimensional, bits.t6] }

    private static func cells(_ bits: PageLineBits) -> String {
        rates.map { rate in
            codings(bits).map { bits in
                let tenths = (bits * 10 + rate / 2) / rate
                return "\(tenths / 10).\(tenths % 10)".rightAligned(in: 8)
            }.joined()
        }.joined()
    }
}
