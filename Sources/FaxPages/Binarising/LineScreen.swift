import FaxModel

/// Flat tones as black lines right across, so many of each period as the tone is dark: two runs a line, which is the least
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

    /// The greys below which a tone is black in row `y`.
    func limit(_ y: Int) -> UInt8 { limits[y % limits.count] }
}
