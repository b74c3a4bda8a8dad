import Foundation

/// One figure. `ratio` is ours to theirs, or to the bar where there is no alternative; below `bar` is good.
struct BenchRow: Encodable {
    var name: String
    var ours: Double
    /// nil where there is no alternative.
    var theirs: Double?
    var unit: String
    var ratio: Double
    var bar: Double
    var ok: Bool

    /// Two medians, and the highest ratio that is still good.
    init(_ name: String, ours: Double, theirs: Double, unit: String, bar: Double) {
        self.name = name
        self.ours = ours
        self.theirs = theirs
        self.unit = unit
        self.bar = bar
        ratio = ours / theirs
        ok = ratio <= bar
    }

    /// Two figures of which more is better, and the lowest ratio that is still good.
    init(_ name: String, ours: Double, theirs: Double, unit: String, atLeast bar: Double) {
        self.init(name, ours: ours, theirs: theirs, unit: unit, bar: bar)
        ok = ratio >= bar
    }

    /// A figure without an alternative: `ratio` is to what it may be at most.
    init(_ name: String, ours: Double, atMost: Double, unit: String) {
        self.name = name
        self.ours = ours
        theirs = nil
        self.unit = unit
        bar = 1
        ratio = ours / atMost
        ok = ratio <= 1
    }

    static let head = String(
        format: "%@ %10@ %10@ %-6@ %8@ %8@ ok", pad("name", 44), "ours", "theirs", "unit", "ratio", "bar")

    var line: String {
        let other = theirs.map { String(format: "%10.3f", $0) } ?? "         -"
        return Self.pad(name, 44)
            + String(
                format: " %10.3f %@ %@ %8.2f %8.2f %@", ours, other, Self.pad(unit, 6), ratio, bar, ok ? "yes" : "NO")
    }

    private static func pad(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.count))
    }
}
