import Foundation

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
        abs(seconds) < 0.1 ? String(format: "%.1f ms", 1000 * seconds) : String(format: "%.2f s", seconds)
    }
}
