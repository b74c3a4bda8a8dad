import FaxModel
import Glibc

/// Tones as dashes along the lines, which T.4 and T.6 code well.
///
/// Error diffusion whose threshold leans towards the colour that the line has just had, and away from the colour of the
/// line above: runs get long, and the error is made up for by the next lines, not by the next pixels. A screen of dots
/// has two changes of colour every few pixels of every line; this has as many as the picture asks for. At middle greys
/// whole lines alternate; near white and near black the leaning vanishes and short dashes remain.
struct RunHalftone {
    /// How far the threshold leans.
    struct Leaning: Hashable {
        /// Towards the pixel before, in greys, at middle grey.
        var along: Double
        /// Towards the pixel above; negative is away from it.
        var down: Int
        /// Share of the error that the next pixel of the line gets.
        var forward: Double
        /// Share of the rest that goes straight down; the two neighbours below share what remains.
        var straight: Double
        /// The most that one pixel may owe, in greys.
        var limit: Int

        /// Few long runs, whose ends `DotSearch` puts where they belong.
        static func short(_ resolution: Resolution) -> Leaning {
            let along: Double = resolution == .standard ? 200 : 60
            return Leaning(along: along, down: -60, forward: 0.17, straight: 0.7, limit: 120)
        }
        /// Finer dots.
        static let fine = Leaning(along: 20, down: -30, forward: 0.2, straight: 0.8, limit: 120)
    }

    /// From this grey on a pixel is white, whatever its neighbours owe.
    static let white: UInt8 = 252

    private let hysteresis: [Int32]
    private let down: Int32
    private let forward: Int32
    private let straight: Int32
    private let aside: Int32
    private let limit: Int32
    /// What each column owes, and what it will owe to the next row; one more at either end.
    private var debt: [Int32]
    private var next: [Int32]
    private var above: [Bool]
    private var isLeftwards = false
    private var owes = false

    init(width: Int, _ leaning: Leaning) {
        hysteresis = (0..<256).map { grey in
            let tone = Double(grey) / 255
            return Int32(16 * leaning.along * pow(4 * tone * (1 - tone), 1.6))
        }
        down = Int32(16 * leaning.down)
        forward = Int32(256 * leaning.forward)
        straight = Int32(256 * (1 - leaning.forward) * leaning.straight)
        aside = (256 - forward - straight) / 2
        limit = Int32(16 * leaning.limit)
        debt = [Int32](repeating: 0, count: width + 2)
        next = debt
        above = [Bool](repeating: false, count: width)
    }

    /// Halftones the parts of one row that `spans` names, from the top row to the bottom one; what is black is set in `row`.
    mutating func draw(
        _ grey: UnsafeBufferPointer<UInt8>, _ spans: [Range<Int>], into row: UnsafeMutablePointer<UInt8>
    ) {
        defer { isLeftwards.toggle() }
        guard !spans.isEmpty else {
            if owes { debt.withUnsafeMutableBufferPointer { $0.update(repeating: 0) } }
            owes = false
            return
        }
        owes = true
        hysteresis.withUnsafeBufferPointer { hysteresis in
            debt.withUnsafeMutableBufferPointer { debt in
                next.withUnsafeMutableBufferPointer { next in
                    above.withUnsafeMutableBufferPointer { above in
                        next.update(repeating: 0)
                        for span in spans {
                            var wasBlack = false
                            var carried: Int32 = 0
                            for offset in 0..<span.count {
                                let x = isLeftwards ? span.upperBound - 1 - offset : span.lowerBound + offset
                                let value = Int32(grey[x])
                                if value >= Int32(Self.white) {
                                    (wasBlack, carried, above[x]) = (false, 0, false)
                                    continue
                                }
                                let owed = min(limit, max(-limit, debt[x + 1] &+ carried))
                                let wanted = value &* 16 &+ owed
                                let lean = hysteresis[Int(value)]
                                let threshold =
                                    128 * 16 &+ (wasBlack ? lean : -lean) &+ (above[x] ? down : -down)
                                let isBlack = wanted < threshold
                                let error = isBlack ? wanted : wanted &- 255 * 16
                                if isBlack { row[x >> 3] |= 0x80 >> UInt8(x & 7) }
                                (wasBlack, above[x]) = (isBlack, isBlack)
                                carried = (error &* forward) >> 8
                                let side = (error &* aside) >> 8
                                next[x] &+= side
                                next[x + 1] &+= (error &* straight) >> 8
                                next[x + 2] &+= side
                            }
                        }
                    }
                }
            }
        }
        swap(&debt, &next)
    }
}
