import FaxModel
import FaxPages
import FaxRig
import Foundation

/// The report as one HTML file that needs nothing else: light and dark, narrow and wide.
struct ValidationPage {
    let report: ValidationReport

    var html: String {
        let failed = report.failed
        let sum =
            failed.isEmpty
            ? "All \(report.results.count) scenarios are as expected."
            : "\(failed.count) of \(report.results.count) scenarios are not as expected."
        return """
            <!DOCTYPE html>
            <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
            <title>Callfax validation</title><style>\(Self.style)</style></head><body>
            <h1>Callfax validation</h1>
            <p class="\(failed.isEmpty ? "good" : "bad")">\(sum)</p>
            <p>\(Int(report.seconds)) seconds, two Asterisk servers\(report.told.version.map { " (\(HTMLText.escaped($0)))" } ?? ""), each page compared pixel by pixel.</p>
            \(timings)
            \(failed.isEmpty ? "" : "<h2>Not as expected</h2>" + failed.map(detail).joined())
            <h2>All scenarios</h2>
            <div class="wide"><table><thead><tr><th>Scenario<th>What<th>Outcome<th>Calls<th>Pages<th>Mode\
            <th>bit/s<th>Line s<th>Rows damaged</tr></thead><tbody>
            \(report.results.map(row).joined(separator: "\n"))
            </tbody></table></div>
            \(stories)
            <h2>Pages</h2>
            <p>The first page of each fax as it was sent, and as it arrived.</p>
            <div class="pages">\(report.results.map(pictures).joined())</div>
            <h2>Asterisk's own cases</h2>
            <div class="wide"><table><thead><tr><th>Asterisk's test suite<th>Here</tr></thead><tbody>
            \(AsteriskCases.all.map(mapping).joined(separator: "\n"))
            </tbody></table></div>
            </body></html>

            """
    }

    private func row(_ result: ScenarioResult) -> String {
        let seen = result.observed
        let outcome = seen.state.rawValue + (seen.cause.map { ", \($0.rawValue)" } ?? "")
        let cells = [
            result.scenario.name, result.scenario.about, outcome, "\(seen.calls)", "\(seen.pagesDone) of \(seen.pages)",
            seen.mode ?? "", seen.rate.map(String.init) ?? "", String(format: "%.1f", result.lineSeconds),
            seen.damagedRows.map(String.init) ?? "",
        ]
        return "<tr class=\"\(result.isAsExpected ? "good" : "bad")\">"
            + cells.map { "<td>\(HTMLText.escaped($0))" }.joined() + "</tr>"
    }

    private func detail(_ result: ScenarioResult) -> String {
        "<section class=\"bad\"><h3>\(HTMLText.escaped(result.scenario.name)): "
            + "\(HTMLText.escaped(result.scenario.about))</h3><ul>"
            + result.problems.map { "<li>\(HTMLText.escaped($0))" }.joined()
            + "</ul>" + report.told.calls(of: result).map { StoryHTML(call: $0).html }.joined()
            + "<details><summary>The job's own history</summary><pre>\(HTMLText.escaped(result.story))</pre></details>"
            + "\(difference(result))</section>"
    }

    private var timings: String {
        report.told.timings.isEmpty
            ? "" : "<ul>" + report.told.timings.map { "<li>\(HTMLText.escaped($0.text))" }.joined() + "</ul>"
    }

    /// Of what is as expected, where they were asked for.
    private var stories: String {
        let calls = report.results.filter(\.isAsExpected).flatMap { report.told.calls(of: $0) }
        guard !calls.isEmpty else { return "" }
        return "<h2>Stories</h2>"
            + calls.map { call in
                "<details><summary>\(HTMLText.escaped(call.name)): \(HTMLText.escaped(call.story.reason.reason))</summary>"
                    + StoryHTML(call: call).html + "</details>"
            }.joined()
    }

    private func mapping(_ one: AsteriskCases.Case) -> String {
        let here = one.ours.isEmpty ? one.note : one.ours.joined(separator: ", ")
        return "<tr><td>\(HTMLText.escaped(one.theirs))<td>\(HTMLText.escaped(here))</tr>"
    }

    private func pictures(_ result: ScenarioResult) -> String {
        guard let sent = result.sent, let received = result.received.first else { return "" }
        return "<figure>\(picture(sent))\(picture(received))"
            + "<figcaption>\(HTMLText.escaped(result.scenario.name))</figcaption></figure>"
    }

    /// What differs on the first page, in black.
    private func difference(_ result: ScenarioResult) -> String {
        guard let sent = result.sent, let received = result.received.first,
            let ours = try? TIFFFile.decode(sent, page: 0).bits,
            let theirs = try? TIFFFile.decode(received, page: 0).bits, ours.width == theirs.width
        else { return "" }
        var both = ours
        for index in both.bytes.indices { both.bytes[index] ^= index < theirs.bytes.count ? theirs.bytes[index] : 0 }
        let path = NSTemporaryDirectory() + "callfax-difference-" + UUID().uuidString + ".tiff"
        defer { unlink(path) }
        guard var writer = try? FaxTIFFWriter(path: path, totalPages: 1), (try? writer.add(both, .fine, .g4)) != nil,
            (try? writer.finish()) != nil
        else { return "" }
        return "<figure>\(picture(path))<figcaption>what differs on page 1</figcaption></figure>"
    }

    private func picture(_ tiff: String) -> String {
        let path = NSTemporaryDirectory() + "callfax-picture-" + UUID().uuidString + ".png"
        defer { unlink(path) }
        guard (try? PagePreview.writePNG(tiff, to: path, maxPages: 1)) != nil,
            let bytes = FileManager.default.contents(atPath: path)
        else { return "" }
        return "<img alt=\"\" loading=\"lazy\" src=\"data:image/png;base64,\(bytes.base64EncodedString())\">"
    }

    private static let style = """
        :root { color-scheme: light dark; --line: #8884; --good: light-dark(#1a7f37, #4ac26b); --bad: light-dark(#cf222e, #ff7b72) }
        body { font: 15px/1.5 system-ui, sans-serif; margin: 1.5rem auto; max-width: 78rem; padding: 0 1rem }
        .wide { overflow-x: auto } table { border-collapse: collapse; width: 100% }
        th, td { border-bottom: 1px solid var(--line); padding: .3rem .6rem; text-align: left; vertical-align: top }
        th, td:first-child { white-space: nowrap } td:nth-child(2) { min-width: 13rem }
        tr.good td:first-child { border-left: 4px solid var(--good) }
        tr.bad td:first-child { border-left: 4px solid var(--bad) }
        p.good { color: var(--good); font-weight: 600 } p.bad { color: var(--bad); font-weight: 600 }
        section.bad { border-left: 4px solid var(--bad); padding-left: 1rem }
        .story h4 { margin: .8rem 0 .2rem } .story td:first-child { text-align: right; width: 4rem }
        .reason { background: #8881; padding: .6rem } summary { cursor: pointer }
        pre { overflow-x: auto; background: #8881; padding: .6rem }
        .pages { display: grid; grid-template-columns: repeat(auto-fill, minmax(17rem, 1fr)); gap: 1rem }
        figure { margin: 0 } img { width: 48%; max-height: 30rem; object-fit: contain; object-position: top; \
        background: white; border: 1px solid var(--line) }
        """
}
