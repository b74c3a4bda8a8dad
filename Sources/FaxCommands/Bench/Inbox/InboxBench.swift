import FaxModel
import FaxPages
import FaxRig
import FaxStore
import Foundation
import SpoolFiles

/// From a report on the disk to a message that a mail server took, beside the pipeline that people use: `tiff2pdf`, then a
/// Python script with smtplib, started for each fax by the dialplan. Same TIFF, same mail server, in turn.
struct InboxBench {
    let programs: RigPrograms
    let runs: Int

    func rows() throws -> [BenchRow] {
        let root = NSTemporaryDirectory() + "callfax-bench-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: root, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: root) }
        let faxes = ReceivedFaxes(programs: programs, directory: root)
        var rows: [BenchRow] = []
        for (pages, bar) in [(1, 0.2), (3, 0.2), (30, 1.0 / 3)] {
            rows += try delivery(faxes.tiff(pages: pages), pages: pages, bar: bar, root)
        }
        rows += try burst(faxes.tiff(pages: 1), root)
        rows += try memory(faxes.tiff(pages: 500), root)
        rows += try outage(faxes.tiff(pages: 1), root)
        rows.append(try list(root))
        return rows
    }

    private func delivery(_ tiff: String, pages: Int, bar: Double, _ root: String) throws -> [BenchRow] {
        let site = try BenchInbox(programs: programs, root: root + "/site-\(pages)", stores: true)
        defer { site.end() }
        let theirs = try PythonPipeline(directory: root + "/theirs-\(pages)", port: site.sink.port)
        var times: [(ours: Double, theirs: Double)] = []
        for run in -1..<runs {
            let ours = try site.deliver(tiff, id: "100.\(run + 2)")
            let other = try theirs.deliver(tiff)
            if run >= 0 { times.append((ours, other)) }
        }
        // The same file, in its place: first as it was delivered.
        let delivered = try DiskUse.fileBytes(site.archivedPDF())
        let repacked = try site.repack()
        let baseline = Double(DiskUse.fileBytes(theirs.pdf))
        return [
            BenchRow(
                "inbox.deliver-\(pages)", ours: Stopwatch.median(times.map(\.ours)),
                theirs: Stopwatch.median(times.map(\.theirs)), unit: "ms", bar: bar),
            BenchRow(
                "inbox.pdf-\(pages)", ours: Double(delivered), theirs: baseline, unit: "bytes", bar: 1.35),
            BenchRow("inbox.pdf-repacked-\(pages)", ours: Double(repacked), theirs: baseline, unit: "bytes", bar: 1),
        ]
    }

    private func burst(_ tiff: String, _ root: String) throws -> [BenchRow] {
        let count = 200
        let site = try BenchInbox(programs: programs, root: root + "/burst", stores: true)
        defer { site.end() }
        let theirs = try PythonPipeline(directory: root + "/theirs-burst", port: site.sink.port)
        let before = try site.cpuSeconds()
        for number in 1...count { try site.leave(tiff, id: "200.\(number)") }
        try site.wait(for: count)
        let ours = try site.cpuSeconds() - before
        let start = PythonPipeline.childSeconds
        for _ in 0..<count { _ = try theirs.deliver(tiff) }
        return [
            BenchRow(
                "inbox.burst-200-cpu", ours: ours, theirs: PythonPipeline.childSeconds - start, unit: "s", bar: 0.25)
        ]
    }

    private func memory(_ tiff: String, _ root: String) throws -> [BenchRow] {
        let site = try BenchInbox(programs: programs, root: root + "/memory", stores: false)
        defer { site.end() }
        var own = 0.0
        try site.leave(tiff, id: "300.1")
        try site.waitUntil("the fax is out") {
            own = max(own, try site.ownMegabytes())
            return site.sink.count == 1
        }
        return [
            BenchRow("inbox.500-pages-memory", ours: try site.peakMegabytes(), atMost: 40, unit: "MB"),
            BenchRow("inbox.500-pages-own-memory", ours: own, atMost: 40, unit: "MB"),
        ]
    }

    /// A thousand faxes that came while the mail server was away; counted from the moment at which it is back.
    private func outage(_ tiff: String, _ root: String) throws -> [BenchRow] {
        let count = 1000
        let site = try BenchInbox(programs: programs, root: root + "/outage", stores: true)
        defer { site.end() }
        site.sink.stop()
        for number in 1...count { try site.leave(tiff, id: "400.\(number)") }
        try site.waitUntil("all are archived") { try site.store.queuedMail() == count }
        let sink = try MailSink(directory: root + "/outage/mail", port: site.sink.port)
        let start = ContinuousClock.now
        try site.waitUntil("all are out") { try sink.count >= count && site.store.queuedMail() == 0 }
        let elapsed = ContinuousClock.now - start
        let doubled = sink.count - Set(sink.accepted.map(\.messageID)).count
        guard doubled == 0 else { throw FaxError(.software, "\(doubled) of \(count) messages came twice") }
        return [
            BenchRow(
                "inbox.outage-1000", ours: Double(elapsed.components.seconds), atMost: 60, unit: "s")
        ]
    }

    private func list(_ root: String) throws -> BenchRow {
        let site = try BenchInbox(programs: programs, root: root + "/list", stores: false)
        site.end()
        try site.store.fill(count: 1_000_000, ended: Clock.now())
        setenv("CALLFAX_CONFIG", root + "/list/callfax.yaml", 1)
        let time = try Stopwatch.median([programs.callfax, "fax-inbox", "list"], runs: runs)
        return BenchRow("inbox.list-1M", ours: time, atMost: 50, unit: "ms")
    }
}
