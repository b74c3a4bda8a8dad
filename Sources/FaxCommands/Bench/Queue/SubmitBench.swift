import FaxModel
import FaxRig
import Foundation

/// One document to ten thousand recipients, from the program's start to its end: everything durable, and a faxd that begins
/// to send meanwhile. Beside it the same list with HylaFAX, whose scheduler runs too.
struct SubmitBench {
    let programs: RigPrograms
    let directory: BenchDirectory

    private static let recipients = 10_000
    /// Where HylaFAX would take longer than this for ten thousand, both get a list of a thousand.
    private static let patience = 15_000.0

    func rows() async throws -> [BenchRow] {
        let site = try BenchSite(programs, "submit", in: directory, lines: 30)
        let faxd = try await site.startFaxd()
        let all = try ours(site, Self.recipients)
        let rate = BenchRow("queue.submit-10000", ours: all, atLeast: 5000, unit: "1/s")
        var rows = [rate]
        if geteuid() == 0 {
            rows.append(try await beside(site))
        } else {
            Terminal.complain("fax-bench: HylaFAX is left out: only root can run it in a root of its own")
        }
        try await faxd.end()
        return rows
    }

    private func beside(_ site: BenchSite) async throws -> BenchRow {
        let hylafax = try await HylaFAXServer.start(in: directory.path) { Terminal.complain("fax-bench: \($0)") }
        let probe = try theirs(hylafax, site, 1000)
        let isSlow = Double(Self.recipients) / probe * 1000 > Self.patience
        let count = isSlow ? 1000 : Self.recipients
        var pairs: [(ours: Double, theirs: Double)] = []
        for _ in 0..<3 { pairs.append((try ours(site, count), try theirs(hylafax, site, count))) }
        try await hylafax.end()
        return BenchRow(
            "queue.submit-\(count)-against-hylafax", ours: Stopwatch.median(pairs.map(\.ours)),
            theirs: Stopwatch.median(pairs.map(\.theirs)), unit: "1/s", bar: 5, better: .higher)
    }

    /// Recipients a second.
    private func ours(_ site: BenchSite, _ count: Int) throws -> Double {
        let list = try site.list(count)
        return Double(count) / (try Stopwatch.time(site.faxSend("-z", list)) / 1000)
    }

    /// Recipients a second. Now and then hfaxd refuses a job in the midst of a list ("null or missing DIALSTRING
    /// parameter"), and sendfax ends there: what was accepted until then counts.
    private func theirs(_ hylafax: HylaFAXServer, _ site: BenchSite, _ count: Int) throws -> Double {
        let shared = directory.path + "/hylafax/tmp"
        for (source, name) in [(try site.list(count), "list"), (site.document, "letter.pdf")] {
            try Data(contentsOf: URL(fileURLWithPath: source)).write(to: URL(fileURLWithPath: "\(shared)/\(name)"))
        }
        let before = HylaFAXServer.accepted(in: directory.path)
        let time = try Stopwatch.time(hylafax.sendfax(list: "list", document: "letter.pdf"), nil)
        let accepted = HylaFAXServer.accepted(in: directory.path) - before
        guard accepted >= count / 10 else { throw FaxError(.software, "HylaFAX accepted \(accepted) of \(count)") }
        if accepted < count { Terminal.complain("fax-bench: HylaFAX gave up after \(accepted) of \(count)") }
        return Double(accepted) / (time / 1000)
    }
}
