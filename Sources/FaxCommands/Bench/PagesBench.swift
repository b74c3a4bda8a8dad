import FaxModel
import FaxPages
import FaxRig
import Foundation

/// From a PDF to a TIFF on the disk, beside Ghostscript's fax device, which every other system uses.
struct PagesBench {
    let programs: RigPrograms
    let runs: Int

    func rows() throws -> [BenchRow] {
        let directory = NSTemporaryDirectory() + "fax-bench-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let settings = directory + "/callfax.yaml"
        try Data("spool: \(directory)\n".utf8).write(to: URL(fileURLWithPath: settings))
        return try [(1, 1.2), (30, 1 / 1.3)].map { pages, bar in
            let document = directory + "/text-\(pages).pdf"
            try Self.text(pages: pages).write(to: document)
            let ours = [
                programs.callfax, "fax-send", "-m", "--config", settings, "--preview", directory + "/ours.tiff",
                document,
            ]
            let theirs = [
                "/usr/bin/gs", "-q", "-dNOPAUSE", "-dBATCH", "-dSAFER", "-sDEVICE=tiffg3", "-r204x196",
                "-sPAPERSIZE=a4", "-dFIXEDMEDIA", "-sOutputFile=\(directory)/theirs.tiff", document,
            ]
            let medians = try Stopwatch.medians(ours, theirs, runs: runs)
            return BenchRow(
                "pages.text-\(pages)-against-gs", ours: medians.ours, theirs: medians.theirs, unit: "ms", bar: bar)
        }
    }

    /// Pages full of words, as a letter has them.
    static func text(pages: Int) -> SampleDocument {
        let words = "the quick brown fox jumps over the lazy dog and comes back by fax before the office closes"
        return SampleDocument(
            pages: (1...pages).map { number in
                var page = SampleDocument.Page(.a4, lines: (1...50).map { "\($0). page \(number): \(words)" })
                page.isDecorated = false
                return page
            })
    }
}
