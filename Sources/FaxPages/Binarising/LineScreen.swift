import FaxModel

/// Flat tones as black lines right across, so many of each eight as the tone is dark: two runs a line, which is the least
/// that T.4 and T.6 have for a tone.
struct LineScreen {
    /// Of the lines of a period, how dark a tone must be to have each black: as far apart as they can be.
    private let limits: [UInt8]

    init(_ resolution: Resolution) {
        // A period of one millimetre, or two where lines are few: fewer lines in it would be too few tones.
        let order: [Int] =
            switch resolution {
            case .standard, .fine: [0, 4, 2, 6, 1, 5, 3, 7]
            case .superfine: [0, 8, 4, 12, 2, 10, 6, 14, 1, 9, 5, 13, 3, 11, 7, 15]
            }
        limits = order.map { UInt8(255 - (2 * $0 + 1) * 255 / (2 * order.count)) }
    }

    /// Draws the parts of row `y` that `spans` names; what is black is set in `row`.
    func draw(
        _ y: Int, _ grey: UnsafeBufferPointer<UInt8>, _ spans: [Range<Int>], into row: UnsafeMutablePointer<UInt8>
    ) {
        let limit = limits[y % limits.count]
        for span in spans {
            for x in span where grey[x] < limit { row[x >> 3] |= 0x80 >> UInt8(x & 7) }
        }
    }
}
