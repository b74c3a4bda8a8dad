import Foundation

/// One figure. `ratio` is ours to theirs, or to the bar where there is no alternative.
struct BenchRow: Encodable {
    enum Better: String, Encodable { case lower, higher }

    var name: String
    var ours: Double
    /// nil where there is no alternative.
    var theirs: Double?
    var unit: String
    var ratio: Double
    var bar: Double
    /// On which side of the bar is good.
    var better: Better
    var ok: Bool

    /// Two medians, and the ratio at which it is still good.
    init(_ name: String, ours: Double, theirs: Double, unit: String, bar: Double, better: Better = .lower) {
        self.name = name
        self.ours = ours
        self.theirs = theirs
        self.unit = unit
        self.bar = bar
        self.better = better
        ratio = ours / theirs
        ok = better == .lower ? ratio <= bar : ratio >= bar
    }

    /// Two figures of which more is better, and the lowest ratio that is still good.
    init(_ name: String, ours: Double, theirs: Double, unit: String, atLeast bar: Double) {
        self.init(name, ours: ours, theirs: theirs, unit: unit, bar: bar, better: .higher)
    }

    /// A figure without an alternative: `ratio` is to what it may be at most.
    init(_ name: String, ours: Double, atMost: Double, unit: String) {
        self.init(name, ours: ours, theirs: atMost, unit: unit, bar: 1)
        theirs = nil
    }

    /// A figure without an alternative: `ratio` is to what it must be at least.
    init(_ name: String, ours: Double, atLeast: Double, unit: String) {
        self.init(name, ours: ours, theirs: atLeast, unit: unit, bar: 1, better: .higher)
        theirs = nil
    }

    static let head =
        "name".padded(to: 44) + "       ours     theirs unit      ratio       bar"

    var line: String {
        let other = theirs.map { String(format: "%10.3f", $0) } ?? "         -"
        return name.padded(to: 44)
            + String(
                format: " %10.3f %@ %@ %8.2f %@%7.2f %@", ours, other, unit.padded(to: 6), ratio,
                better == .lower ? "<=" : ">=", bar, ok ? "OK" : "NO")
    }
}
