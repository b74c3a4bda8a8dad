import FaxModel
import FaxPages
import Foundation

/// Keeps two servers busy, has things go wrong if that is wanted, and checks the books of both at the end.
package struct Soak: Sendable {
    private let rig: Rig
    private let plan: SoakPlan
    private let round: FaxRound
    private let say: @Sendable (String) -> Void

    package init(rig: Rig, plan: SoakPlan, say: @escaping @Sendable (String) -> Void) {
        self.rig = rig
        self.plan = plan
        self.say = say
        round = FaxRound(rig: rig, number: "")
    }

    /// Bytes of the receiving side's spool, on a disk of its own that can be filled up.
    package static let spoolBytes = 2_000_000_000

    /// How long the last faxes may take to be over, and to be told of.
    private static let patience = 1200.0

    /// Sends `documents`, one of each kind, until the time is over, and then waits for the last of them.
    package func run(_ documents: [SoakDocument: String]) async throws -> SoakReport {
        let clock = ContinuousClock()
        let start = clock.now
        func seconds() -> Int { Int((clock.now - start).components.seconds) }
        let handed = try documents.mapValues { try FileHandover(rig: rig, side: .a).copy($0) }
        var numbers = SeededNumbers("faxes " + plan.seed)
        var report = SoakReport(plan)
        var faults = plan.faults[...]
        var fault: (fault: SoakFault, since: Date, until: Int)?
        var fullDisk: [ClosedRange<Date>] = []
        var meter = SoakMeter()
        func endFault() async throws {
            guard let over = fault else { return }
            try await over.fault.end(rig)
            if over.fault == .receiverDiskFull { fullDisk.append(over.since...Date()) }
            fault = nil
        }
        while seconds() < 60 * plan.minutes {
            if let fault, fault.until <= seconds() { try await endFault() }
            if fault == nil, let next = faults.first, next.second <= seconds() {
                faults.removeFirst()
                say("\(seconds()) s: \(next.fault.rawValue)")
                report.faults.append(next.fault.rawValue)
                let since = Date()
                try await next.fault.begin(rig)
                fault = (next.fault, since, seconds() + next.fault.seconds)
            }
            // As many wait as are up: a line that falls free always has a fax to take.
            let open = try await unfinished().count
            for _ in 0..<min(8, max(0, 2 * plan.lines - open)) {
                report.submitted += 1
                try await submit(plan.fax(&numbers), report.submitted, handed)
            }
            meter.look(rig)
            if seconds() % 30 == 0 { say("\(seconds()) s: \(report.submitted) submitted, \(open) not over") }
            try await Task.sleep(for: .seconds(1))
        }
        try await endFault()
        say("no more are sent; waiting for the last of \(report.submitted)")
        try await RigClock.wait(for: "the last faxes to be over", seconds: Self.patience) {
            try await Task.sleep(for: .seconds(2))
            meter.look(rig)
            return try await unfinished().isEmpty
        }
        report.seconds = seconds()
        try await RigClock.wait(for: "all messages to be out", seconds: Self.patience) {
            try await Task.sleep(for: .seconds(2))
            return try await round.receipts().allSatisfy { $0.pages == 0 || $0.isSettled }
        }
        meter.look(rig)
        report.add(meter)
        report.add(try await books(report.submitted, fullDisk))
        return report
    }

    private func submit(_ fax: SoakPlan.Fax, _ number: Int, _ documents: [SoakDocument: String]) async throws {
        guard let document = documents[fax.document] else {
            throw FaxError(.software, "the soak has no \(fax.document.rawValue)")
        }
        _ = try await round.tool(
            .a, "fax-send", ["-l", "-S", Self.stationID(number), "-i", "soak-\(number)", "-d", fax.number, document])
    }

    private static func stationID(_ number: Int) -> String { "SOAK \(number)" }

    private func unfinished() async throws -> [SentJob] { try await round.jobs(["--active"]) }

    private func books(_ submitted: Int, _ fullDisk: [ClosedRange<Date>]) async throws -> SoakBooks {
        let jobs = try await round.jobs()
        let entries = jobs.map { job in
            SoakBooks.Entry(
                id: job.id, stationID: job.tag.map { $0.replacing("soak-", with: "SOAK ") } ?? "", number: job.number,
                state: job.state,
                cause: job.cause, pages: job.pages, pagesDone: job.pagesDone)
        }
        let byStation = Dictionary(zip(entries.map(\.stationID), jobs)) { first, _ in first }
        let messages = rig.messages().filter { $0.value("X-Fax-Result") != nil }.compactMap { $0.value("X-Fax-Call") }
        let told = Dictionary(grouping: messages) { $0 }.mapValues(\.count)
        let arrivals = try await round.receipts().filter { $0.pages > 0 }.map { receipt in
            let station = receipt.stationID ?? ""
            var arrival = SoakBooks.Arrival(
                uniqueid: receipt.uniqueid, stationID: station, number: receipt.dialled, pages: receipt.pages,
                isComplete: receipt.complete, metFullDisk: fullDisk.contains(where: receipt.overlaps),
                messages: told[receipt.uniqueid] ?? 0)
            // Where all pages came with one call they can be laid beside the document.
            if let job = byStation[station], job.state == .delivered, job.pages == receipt.pages, receipt.complete,
                let document = job.document, let tiff = receipt.tiff
            {
                arrival.isIdentical = try PageComparison.compare(sent: document, received: tiff, headerRows: .drawn)
                    .isIdentical
            }
            return arrival
        }
        return SoakBooks(submitted: submitted, entries: entries, arrivals: arrivals)
    }
}
