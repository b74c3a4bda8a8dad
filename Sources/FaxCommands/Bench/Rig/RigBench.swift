import FaxModel
import FaxPages
import FaxRig
import FaxStore
import Foundation
import SpoolFiles

/// Many calls at once between two real Asterisks on this machine: what arrives, what it costs us beside Asterisk, and how
/// soon it is in the mailbox.
struct RigBench {
    let programs: RigPrograms

    func measure(tell: @escaping @Sendable (BenchRow) throws -> Void) async throws {
        var option = RigOption()
        option.name = "bench"
        var options = try option.options()
        options.settings[.a] = FaxBurst.settings
        let directory = try BenchDirectory()
        let one = directory.path + "/one.pdf"
        try SampleDocument.soak(.shortPage).write(to: one)
        let ten = directory.path + "/ten.pdf"
        try SampleDocument.words(pages: 10).write(to: ten)
        let progress: @Sendable (String) -> Void = { Terminal.complain("fax-bench: \($0)") }
        try await Rig.with(options, say: progress) { rig in
            let burst = FaxBurst(rig: rig)
            let digital = try await LineRamp.t38.run(burst, one, options: ["-l"]) { Self.say("T.38", $0) }
            try tell(BenchRow("rig.t38-lines-unhurt", ours: Self.unhurt(digital), atLeast: 200, unit: "lines"))
            if let busy = digital.first(where: { $0.count == 200 }) { try Self.costs(rig, busy).forEach(tell) }
            let steady = try await burst.run(one, count: 500, over: 50, trunk: .t38, options: ["-l"])
            Self.say("T.38, ten a second", steady)
            try Self.steadiness(rig, steady).forEach(tell)
            let audio = try await LineRamp.audio.run(burst, one, options: ["-l"]) { Self.say("G.711", $0) }
            try tell(BenchRow("rig.g711-lines-unhurt", ours: Self.unhurt(audio), atLeast: 100, unit: "lines"))
            let long = try await burst.run(ten, count: 20, trunk: .t38)
            Self.say("T.38, ten pages", long)
            try Self.lengths(long).forEach(tell)
        }
    }

    /// The most calls at once that all went well.
    private static func unhurt(_ reports: [BurstReport]) -> Double {
        Double(reports.filter { !$0.isHurt }.map(\.count).max() ?? 0)
    }

    /// What people see of lines that are all in use and end one after the other.
    private static func steadiness(_ rig: Rig, _ report: BurstReport) throws -> [BenchRow] {
        try [
            BenchRow("rig.steady-lines", ours: Double(report.mostAtOnce), atLeast: 200, unit: "lines"),
            BenchRow(
                "rig.steady-identical", ours: Double(report.identical), atLeast: Double(report.count), unit: "faxes"),
        ] + waits(rig, report, "steady")
    }

    private static func costs(_ rig: Rig, _ report: BurstReport) throws -> [BenchRow] {
        try [
            BenchRow("rig.cpu-each-of-200", ours: 1000 * report.cpuOurs / Double(report.count), atMost: 30, unit: "ms")
        ] + waits(rig, report, "burst")
    }

    private static func waits(_ rig: Rig, _ report: BurstReport, _ what: String) throws -> [BenchRow] {
        let waits = try messageSeconds(rig, Set(report.receipts))
        return [
            BenchRow("rig.\(what)-end-to-message-median", ours: Stopwatch.median(waits), atMost: 1, unit: "s"),
            BenchRow("rig.\(what)-end-to-message-worst", ours: waits.max() ?? .infinity, atMost: 5, unit: "s"),
        ]
    }

    /// Processor time beside Asterisk's, and line time beside that of the bits alone.
    private static func lengths(_ report: BurstReport) throws -> [BenchRow] {
        guard let document = report.document else { return [] }
        let bits = try PageLineBits.pages(of: document)
        // Both ends of the rig agree on ECM and T.6 at the highest rate.
        let least = bits.reduce(0) { $0 + Double($1.t6) } / 14_400 / Double(bits.count)
        return [
            BenchRow(
                "rig.cpu-of-ten-pages", ours: report.cpuOurs, theirs: report.cpuAsterisk, unit: "s", bar: 0.05),
            BenchRow(
                "rig.line-seconds-a-page", ours: report.medianLineSeconds / Double(bits.count), theirs: least,
                unit: "s", bar: 2),
        ]
    }

    /// Seconds from the end of each call, as fax-agi noted it, to its message in the mail server's mailbox.
    private static func messageSeconds(_ rig: Rig, _ calls: Set<String>) throws -> [Double] {
        let store = InboxStore(try StoreDatabase(path: rig.side(.b).spool.store))
        let messages = rig.messageTimes()
        let waits = try store.receipts(limit: .max).filter { calls.contains($0.uniqueid) }.map { receipt in
            messages[receipt.uniqueid].map { $0 - Double(receipt.endedAt.milliseconds) / 1000 } ?? .infinity
        }
        return waits.isEmpty ? [.infinity] : waits
    }

    @Sendable private static func say(_ what: String, _ report: BurstReport) {
        Terminal.complain("fax-bench: \(what): \(BurstText.line(report))")
    }
}

/// A burst in a line.
enum BurstText {
    static func line(_ report: BurstReport) -> String {
        let causes = report.causes.sorted { $0.key < $1.key }.map { ", \($0.key) \($0.value)" }.joined()
        return "\(report.count) faxes: \(report.identical) identical, \(report.delivered) delivered\(causes); "
            + "\(report.mostAtOnce) calls up, "
            + String(
                format: "%.1f line seconds (median), %.0f s in all, processor ours %.1f s, Asterisks %.1f s",
                report.medianLineSeconds, report.seconds, report.cpuOurs, report.cpuAsterisk)
    }
}
