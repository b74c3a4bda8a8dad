import FaxModel
import FaxPages
import FaxRig
import Foundation

/// Whole runs of our program beside whole runs of Ghostscript's, and what ours takes of memory.
struct PageSpeed {
    let programs: RigPrograms
    let runs: Int
    let directory: String

    /// `fetch` gets the manual from Debian where it isn't there yet.
    func rows(manual: String, fetch: () throws -> Void) throws -> [BenchRow] {
        if !FileManager.default.fileExists(atPath: manual) { try fetch() }
        var rows: [BenchRow] = []
        let sending = try BenchSite(programs, "uncached", in: directory, cacheBytes: 0)
        for (name, pages, bar) in [("text-1", 1, 1.2), ("text-30", 30, 1 / 1.3)] {
            let document = directory + "/\(name).pdf"
            try SampleDocument.words(pages: pages).write(to: document)
            rows.append(try row("pages.speed.\(name)", sending, document, bar))
        }
        rows.append(try row("pages.speed.manual-113", sending, manual, 1 / 1.3))
        rows.append(try cached())
        var peaks: [Double] = []
        for pages in [20, 500] {
            let document = directory + "/memory.pdf"
            try SampleDocument.words(pages: pages).write(to: document)
            peaks.append(try Stopwatch.peakMemory(send(document, by: sending)))
        }
        rows.append(BenchRow("pages.memory.500-of-20", ours: peaks[1], theirs: peaks[0], unit: "MB", bar: 1.1))
        return rows
    }

    /// From the command to the durable job, which nobody publishes.
    private func send(_ document: String, by site: BenchSite) -> [String] {
        site.faxSend("-m", "-d", "5550269", "--hold", document: document)
    }

    private func row(_ name: String, _ site: BenchSite, _ document: String, _ bar: Double) throws -> BenchRow {
        let theirs = [
            "/usr/bin/gs", "-q", "-dNOPAUSE", "-dBATCH", "-dSAFER", "-sDEVICE=tiffg3", "-r204x196", "-sPAPERSIZE=a4",
            "-dFIXEDMEDIA", "-dPDFFitPage", "-sOutputFile=\(directory)/theirs.tiff", document,
        ]
        let medians = try Stopwatch.medians(send(document, by: site), theirs, runs: runs)
        return BenchRow(name, ours: medians.ours, theirs: medians.theirs, unit: "ms", bar: bar)
    }

    /// A document that was sent before.
    private func cached() throws -> BenchRow {
        let document = directory + "/cached.pdf"
        try SampleDocument.words(pages: 20).write(to: document)
        let command = send(document, by: try BenchSite(programs, "cached", in: directory))
        return BenchRow(
            "pages.speed.cached-send", ours: try Stopwatch.median(command, runs: runs), atMost: 30, unit: "ms")
    }
}
