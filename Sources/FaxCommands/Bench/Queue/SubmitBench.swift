import FaxModel
import FaxRig
import Foundation

/// One document to ten thousand recipients, from the program's start to its end: everything durable, and a faxd that begins
/// to send meanwhile. Beside it the same list with HylaFAX, whose scheduler runs too.
struct SubmitBench {
    let programs: RigPrograms
    let directory: BenchDirectory

    private static let recipients = 10_000

    func rows() async throws -> [BenchRow] {
        let site = try BenchSite(programs, "submit", in: directory.path, lines: 30)
        let faxd = try await site.startFaxd()
        let all = try ours(site, Self.recipients)
        let rate = BenchRow("queue.submit-10000", ours: all, atLeast: 5000, unit: "1/s")
        var rows = [rate]
        if geteuid() == 0 {
            rows += try await beside(site)
        } else {
            Terminal.complain("fax-bench: HylaFAX is left out: only root can run it in a root of its own")
        }
        try await faxd.end()
        return rows
    }

    /// A short list first: HylaFAX gets slower with each job that waits.
    private func beside(_ site: BenchSite) async throws -> [BenchRow] {
        let hylafax = try await HylaFAXServer.start(in: directory.path) { Terminal.complain("fax-bench: \($0)") }
        let rows = try [1000, Self.recipients].map { count in
            var pairs: [(ours: Double, theirs: Double)] = []
            for _ in 0..<3 { pairs.append((try ours(site, count), try theirs(hylafax, site, count))) }
            return BenchRow(
                "queue.submit-\(count)-against-hylafax", ours: Stopwatch.median(pairs.map(\.ours)),
                theirs: Stopwatch.median(pairs.map(\.theirs)), unit: "1/s", bar: 5, better: .higher)
        }
        try await hylafax.end()
        return rows
    }

    /// Recipients a second.
    private func ours(_ site: BenchSite, _ count: Int) throws -> Double {
        let list = try site.list(count)
        return Double(count) / (try Stopwatch.time(site.faxSend("-z", list)) / 1000)
    }

    /// Recipients a second. hfaxd refuses a job in the midst of a long list ("null or missing DIALSTRING parameter") and
    /// sendfax ends there; whoever uses it starts it again with the rest, and so does this.
    private func theirs(_ hylafax: HylaFAXServer, _ site: BenchSite, _ count: Int) throws -> Double {
        let shared = directory.path + "/hylafax/tmp"
        try Data(contentsOf: URL(fileURLWithPath: site.document)).write(
            to: URL(fileURLWithPath: shared + "/letter.pdf"))
        let numbers = try String(contentsOfFile: site.list(count), encoding: .utf8).split(separator: "\n")
        let before = HylaFAXServer.accepted(in: directory.path)
        var (accepted, starts, time) = (0, 0, 0.0)
        while accepted < count {
            let rest = numbers[accepted...].joined(separator: "\n") + "\n"
            try rest.write(toFile: shared + "/list", atomically: true, encoding: .utf8)
            time += try Stopwatch.time(hylafax.sendfax(list: "list", document: "letter.pdf"), nil)
            starts += 1
            let now = HylaFAXServer.accepted(in: directory.path) - before
            guard now > accepted else { throw FaxError(.software, "HylaFAX stops at \(now) of \(count)") }
            accepted = now
        }
        if starts > 1 { Terminal.complain("fax-bench: HylaFAX took \(starts) starts of sendfax for \(count)") }
        return Double(accepted) / (time / 1000)
    }
}
