import FaxModel
import FaxPages
import FaxRig
import Foundation

/// TIFFs as ReceiveFAX leaves them: pages full of words, fine, two-dimensional T.4 with the fill of class F.
struct ReceivedFaxes {
    let programs: RigPrograms
    let directory: String

    func tiff(pages: Int) throws -> String {
        let path = "\(directory)/received-\(pages).tiff"
        if FileManager.default.fileExists(atPath: path) { return path }
        // The words are the same on pages that are thirty apart.
        let drawn = try self.drawn(pages: min(pages, 30))
        var writer = try FaxTIFFWriter(path: path, totalPages: pages)
        for page in 0..<pages {
            try writer.add(try TIFFFile.decode(drawn, page: page % min(pages, 30)).bits, .fine, .g3TwoDimensional)
        }
        _ = try writer.finish()
        return path
    }

    private func drawn(pages: Int) throws -> String {
        let settings = directory + "/drawing.yaml"
        try Data("spool: \(directory)\n".utf8).write(to: URL(fileURLWithPath: settings))
        let document = directory + "/text-\(pages).pdf"
        try SampleDocument.words(pages: pages).write(to: document)
        let path = directory + "/drawn-\(pages).tiff"
        _ = try Stopwatch.median(
            [programs.callfax, "fax-send", "-m", "--config", settings, "--preview", path, document], runs: 1)
        return path
    }
}
