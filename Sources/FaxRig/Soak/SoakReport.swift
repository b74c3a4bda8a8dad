import FaxModel

/// What came of a soak.
package struct SoakReport: Sendable, Encodable {
    package var lines: Int
    package var minutes: Int
    package var seed: String
    package var faults: [String] = []
    package var submitted = 0
    package var delivered = 0
    package var partial = 0
    package var failed = 0
    package var unknown = 0
    /// Of those that were not delivered.
    package var causes: [String: Int] = [:]
    package var pagesDelivered = 0
    package var pagesTwice = 0
    /// Confirmed by Asterisk and not written: the disk was full, and the recipients were told.
    package var pagesUnwritten = 0
    package var compared = 0
    /// Calls whose receiver was killed: pages without a station id.
    package var nameless = 0
    /// From the first fax to the last one's end.
    package var seconds = 0
    package var cpuAsterisk = 0.0
    package var cpuOurs = 0.0
    /// Of the larger faxd, in MB: at the beginning, at the end, and the most.
    package var memory: [Double] = []
    /// What doesn't balance.
    package var problems: [String] = []

    init(_ plan: SoakPlan) {
        lines = plan.lines
        minutes = plan.minutes
        seed = plan.seed
    }

    /// Submitted = delivered + failed with a cause + unknown, and every page in one message.
    package var isBalanced: Bool { problems.isEmpty && delivered + partial + failed + unknown == submitted }

    package var deliveredPerHour: Double { Double(delivered) * 3600 / Double(max(1, seconds)) }
    package var pagesPerLineMinute: Double {
        Double(pagesDelivered) * 60 / Double(max(1, seconds)) / Double(max(1, lines))
    }

    mutating func add(_ books: SoakBooks) {
        delivered = books.counts[.delivered] ?? 0
        partial = books.counts[.partial] ?? 0
        failed = (books.counts[.failed] ?? 0) + (books.counts[.expired] ?? 0)
        unknown = books.counts[.unknown] ?? 0
        causes = Dictionary(uniqueKeysWithValues: books.causes.map { ($0.rawValue, $1) })
        pagesDelivered = books.pagesDelivered
        pagesTwice = books.pagesTwice
        pagesUnwritten = books.pagesUnwritten
        compared = books.compared
        nameless = books.nameless
        problems = books.problems
    }

    mutating func add(_ meter: SoakMeter) {
        cpuAsterisk = meter.asterisk
        cpuOurs = meter.ours
        // The first look is before the first fax was drawn.
        let looks = meter.memory.dropFirst(min(30, meter.memory.count / 2))
        memory = [looks.first ?? 0, looks.last ?? 0, looks.max() ?? 0]
    }
}
