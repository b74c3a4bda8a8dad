import FaxModel
import FaxRig
import Foundation

/// One page to one number, from the start of `fax-send` to the call file's name in Asterisk's spool, less what the
/// renderer takes by itself.
struct OneJobBench {
    let programs: RigPrograms
    let runs: Int
    let directory: BenchDirectory

    func rows() async throws -> [BenchRow] {
        let direct = try overhead(BenchSite(programs, "direct", in: directory.path, lines: 1000))
        let site = try BenchSite(programs, "daemon", in: directory.path, lines: 1000)
        let faxd = try await site.startFaxd()
        let daemon = try overhead(site)
        try await faxd.end()
        return [
            BenchRow("queue.one-job-to-spool.faxd", ours: daemon, atMost: 20, unit: "ms"),
            BenchRow("queue.one-job-to-spool.direct", ours: direct, atMost: 20, unit: "ms"),
        ]
    }

    /// Median in milliseconds of the whole, less the renderer's time taken in turn with it.
    private func overhead(_ site: BenchSite) throws -> Double {
        let watch = try SpoolWatch(site.root + "/outgoing")
        // What PageRenderer runs, without its limits and its sandbox: those are ours.
        let renderer = [
            ["/usr/bin/mutool", "pages", site.document],
            [
                "/usr/bin/mutool", "draw", "-q", "-F", "pgm", "-c", "gray", "-w", "1728", "-h", "2291", "-f", "-o", "-",
                site.document, "1",
            ],
        ]
        var differences: [Double] = []
        for number in 0...(2 * runs) {
            try site.letter(number: number)
            let drawing = try renderer.map { try Stopwatch.time($0) }.reduce(0, +)
            let sending = site.faxSend("-m", "-d", "+4930\(1_000_000 + number)")
            let whole = try Stopwatch.time(sending, until: watch.wait)
            if number > 0 { differences.append(whole - drawing) }
        }
        return Stopwatch.median(differences)
    }
}
