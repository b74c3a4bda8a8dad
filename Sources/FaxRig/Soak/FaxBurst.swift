import FaxModel
import FaxPages
import Foundation

/// Many faxes at the same moment or one after the other, each to a number of its own, none of them tried twice: what the
/// machine carries.
package struct FaxBurst: Sendable {
    private let rig: Rig
    private let round: FaxRound

    package init(rig: Rig) {
        self.rig = rig
        round = FaxRound(rig: rig, number: "")
    }

    /// What side a needs: a line for every fax, and no pause between two to one number.
    package static let settings: SettingsTree = ["sending": ["lines": 1000, "retry": ["cooldown": 0]]]

    /// At most so many: each has a number of three digits of its own.
    package static let limit = 900

    /// Sends `document` to `count` numbers over `trunk`, waits until all calls are over and all messages out, and lays what
    /// arrived beside what was sent. With `seconds` the calls begin evenly over that time, as those of many people do.
    package func run(
        _ document: String, count: Int, over seconds: Int = 1, trunk: Trunk, options: [String] = []
    ) async throws -> BurstReport {
        guard (1...Self.limit).contains(count), (1...count).contains(seconds) else {
            throw FaxError(.usage, "\(count) faxes in \(seconds) s; a rig has \(Self.limit) numbers")
        }
        try rig.addTemplate("burst", trunk: trunk.name)
        let known = Set(try await round.receipts().map(\.uniqueid))
        let first = try await round.jobs().map(\.id).max() ?? 0
        let hand = FileHandover(rig: rig, side: .a)
        let sent = try hand.copy(document)
        let lists = try lists(of: count, parts: seconds, hand)
        var meter = SoakMeter()
        meter.look(rig)
        let before = (meter.ours, meter.asterisk)
        let start = ContinuousClock.now
        var report = BurstReport(count: count)
        for (second, list) in lists.enumerated() {
            try await Task.sleep(until: start + .seconds(second), clock: .continuous)
            if second > 0 { report.mostAtOnce = max(report.mostAtOnce, try await rig.channels(.a)) }
            _ = try await round.tool(
                .a, "fax-send", ["--template", "burst", "-T", "1", "-z", list] + options + [sent])
        }
        try await RigClock.wait(for: "\(count) faxes to be over", seconds: 1800) {
            try await Task.sleep(for: .seconds(1))
            report.mostAtOnce = max(report.mostAtOnce, try await rig.channels(.a))
            return try await round.tool(.a, "fax-queue", ["list", "--active", "--limit", "1", "--json"]).isEmpty
        }
        report.seconds = Double((ContinuousClock.now - start).components.seconds)
        let ended = try await round.jobs().filter { $0.id > first }
        let pages = ended.reduce(0) { $0 + $1.pagesDone }
        var arrived: [Receipt] = []
        try await RigClock.wait(for: "all messages to be out", seconds: 600) {
            try await Task.sleep(for: .seconds(1))
            arrived = try await round.receipts().filter { !known.contains($0.uniqueid) && $0.pages > 0 }
            return arrived.allSatisfy(\.isSettled) && arrived.reduce(0) { $0 + $1.pages } >= pages
        }
        meter.look(rig)
        (report.cpuOurs, report.cpuAsterisk) = (meter.ours - before.0, meter.asterisk - before.1)
        try await add(ended, arrived, to: &report)
        return report
    }

    /// The numbers in so many files, for `fax-send`.
    private func lists(of count: Int, parts: Int, _ hand: FileHandover) throws -> [String] {
        let file = NSTemporaryDirectory() + "callfax-burst-" + UUID().uuidString
        defer { try? FileTree.remove(file) }
        return try (0..<parts).map { part in
            let numbers = (part * count / parts..<(part + 1) * count / parts).map { "5550\(100 + $0)\n" }
            try FileTree.write(numbers.joined(), to: file, mode: 0o644)
            return try hand.copy(file)
        }
    }

    private func add(_ jobs: [SentJob], _ receipts: [Receipt], to report: inout BurstReport) async throws {
        let byNumber = Dictionary(receipts.map { ($0.dialled, $0) }) { first, _ in first }
        report.receipts = receipts.map(\.uniqueid)
        for job in jobs {
            guard job.state == .delivered else {
                report.causes[job.cause?.rawValue ?? job.state.rawValue, default: 0] += 1
                continue
            }
            report.delivered += 1
            let whole = try await round.job(job.id)
            report.lineSeconds += (whole.attempts ?? []).compactMap(\.lineSeconds)
            guard let document = whole.document, let tiff = byNumber[job.number]?.tiff else { continue }
            report.document = document
            let compared = try PageComparison.compare(sent: document, received: tiff, headerRows: .drawn)
            if compared.isIdentical { report.identical += 1 }
        }
    }
}

/// What came of a burst.
package struct BurstReport: Sendable {
    package var count: Int
    package var delivered = 0
    /// Of those, whose pages arrived pixel by pixel as they were sent.
    package var identical = 0
    /// Of those that were not delivered.
    package var causes: [String: Int] = [:]
    /// Calls that were up at the same time, looked at once a second.
    package var mostAtOnce = 0
    /// From the answer to the end, of each call.
    package var lineSeconds: [Double] = []
    /// From `fax-send` to the last call's end.
    package var seconds = 0.0
    /// Processor seconds of both faxd, their children and fax-agi; rendering is fax-send's and not in it.
    package var cpuOurs = 0.0
    package var cpuAsterisk = 0.0
    /// What side b received.
    package var receipts: [String] = []
    /// The pages that were sent.
    package var document: String?

    init(count: Int) { self.count = count }

    /// A fax was lost, or it arrived other than it was sent.
    package var isHurt: Bool { identical < count }

    package var medianLineSeconds: Double {
        lineSeconds.isEmpty ? 0 : lineSeconds.sorted()[lineSeconds.count / 2]
    }
}
