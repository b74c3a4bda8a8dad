import FaxModel
import FaxRig
import Foundation

/// A directory with what came of a validation: a page for people, and files for programs.
struct ValidationReport {
    let told: ToldResults
    let seconds: Double

    var results: [ScenarioResult] { told.results }
    var failed: [ScenarioResult] { results.filter { !$0.isAsExpected } }

    func write(to directory: String) throws {
        func put(_ text: String, _ name: String) throws {
            try Data(text.utf8).write(to: URL(fileURLWithPath: directory + "/" + name))
        }
        try put(ValidationPage(report: self).html, "index.html")
        try put(junit, "junit.xml")
        try put(try JSONOutput.line(results.map { Row($0, told.calls(of: $0)) }) + "\n", "report.json")
        for call in results.flatMap({ told.calls(of: $0) }) {
            try FileManager.default.createDirectory(
                atPath: directory + "/" + ToldResults.directory, withIntermediateDirectories: true)
            try put(call.evidence, ToldResults.textFile(call))
            guard let capture = call.capture else { continue }
            try Data(capture).write(to: URL(fileURLWithPath: directory + "/" + ToldResults.captureFile(call)))
        }
    }

    /// One scenario, for programs. Keys only ever get more.
    struct Row: Encodable {
        var name: String
        var about: String
        var asExpected: Bool
        var problems: [String]
        var state: JobState
        var cause: Cause?
        var calls: Int
        var pages: Int
        var pagesConfirmed: Int
        var mode: String?
        var rate: Int?
        var lineSeconds: Double
        var damagedRows: Int?
        /// The likely reason for what came of the last call, where its story was told.
        var reason: String?

        init(_ result: ScenarioResult, _ told: [RecordedCall]) {
            let seen = result.observed
            name = result.scenario.name
            about = result.scenario.about
            asExpected = result.isAsExpected
            problems = result.problems
            state = seen.state
            cause = seen.cause
            calls = seen.calls
            pages = seen.pages
            pagesConfirmed = seen.pagesDone
            mode = seen.mode
            rate = seen.rate
            lineSeconds = result.lineSeconds
            damagedRows = seen.damagedRows
            reason = told.last?.story.reason.reason
        }
    }

    private func story(_ result: ScenarioResult) -> String {
        ([result.story] + told.calls(of: result).map(\.story.text)).joined(separator: "\n")
    }

    /// JUnit's form, which build servers read.
    private var junit: String {
        var text = """
            <?xml version="1.0" encoding="UTF-8"?>
            <testsuite name="fax-rig validate" tests="\(results.count)" failures="\(failed.count)" \
            time="\(String(format: "%.1f", seconds))">

            """
        for result in results {
            let time = String(format: "%.1f", result.lineSeconds)
            text +=
                "<testcase classname=\"validate\" name=\"\(HTMLText.escaped(result.scenario.name))\" time=\"\(time)\""
            if result.isAsExpected {
                text += "/>\n"
            } else {
                let why = HTMLText.escaped(result.problems.joined(separator: "; "))
                text += ">\n<failure message=\"\(why)\">\(HTMLText.escaped(story(result)))</failure>\n</testcase>\n"
            }
        }
        return text + "</testsuite>\n"
    }
}

extension Observed {
    /// On all pages that could be laid side by side; nil where none could.
    var damagedRows: Int? {
        let known = (arrivals ?? []).compactMap(\.damagedRows)
        return known.isEmpty ? nil : known.reduce(0, +)
    }
}

/// Text as it stands in HTML and XML; what neither can hold becomes a question mark.
enum HTMLText {
    static func escaped(_ text: String) -> String {
        var out = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": out += "&amp;"
            case "<": out += "&lt;"
            case ">": out += "&gt;"
            case "\"": out += "&quot;"
            case "\n", "\t": out.unicodeScalars.append(scalar)
            default: out.unicodeScalars.append(scalar.value < 32 ? "?" : scalar)
            }
        }
        return out
    }
}
