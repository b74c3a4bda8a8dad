/// How long something took.
package struct ValidationTiming: Sendable {
    package var what: String
    /// Sorted.
    package var seconds: [Double]
    /// What the median should be below.
    package var bar: Double?

    init(_ what: String, _ seconds: [Double], bar: Double? = nil) {
        self.what = what
        self.seconds = seconds.sorted()
        self.bar = bar
    }

    package var median: Double {
        seconds.isEmpty ? 0 : (seconds[(seconds.count - 1) / 2] + seconds[seconds.count / 2]) / 2
    }
    package var longest: Double { seconds.last ?? 0 }

    package var text: String {
        let limit = bar.map { ", should be below \(Self.text($0))" } ?? ""
        return "\(what): median \(Self.text(median))\(limit); at most \(Self.text(longest)), of \(seconds.count)"
    }

    /// `1.5 ms`, `0.42 s`
    private static func text(_ seconds: Double) -> String {
        let isShort = abs(seconds) < 0.1
        let scaled = Int((seconds * (isShort ? 10_000 : 100)).rounded())
        let unit = isShort ? 10 : 100
        let fraction = "\(abs(scaled) % unit)"
        let zeros = String(repeating: "0", count: (isShort ? 1 : 2) - fraction.count)
        return "\(scaled < 0 ? "-" : "")\(abs(scaled) / unit).\(zeros)\(fraction) \(isShort ? "ms" : "s")"
    }
}
