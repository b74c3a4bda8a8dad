import ArgumentParser
import FaxModel
import FaxPages
import FaxRig
import Foundation

/// `fax-rig send`: one fax through a rig that is up, compared with what arrived.
struct RigSend: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "send", abstract: "Sends documents from a to b and compares what arrived, pixel by pixel.",
        discussion: "Exit code 0 when the fax was delivered, all pages are identical and the message came; else 1.")

    @OptionGroup var rig: RigOption
    @Option(name: [.customShort("d"), .customLong("to")], help: "Number on side b.") var number = "5550269"
    @Flag(help: "One JSON object.") var json = false
    @Argument(help: "PDF files.") var documents: [String]

    func run() async throws {
        let round = FaxRound(rig: try rig.attach(), number: number) { Terminal.complain("  \($0)") }
        let report = try await round.run(documents)
        if json { Terminal.print(try JSONOutput.line(report)) } else { RoundText.lines(report).forEach(Terminal.print) }
        if !report.isPerfect { throw ExitCode(1) }
    }
}

/// `fax-rig demo`: the whole road of one fax, from nothing.
struct RigDemo: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo", abstract: "Brings the rig up, sends one fax, shows what came out, takes the rig down.")

    @Flag(help: "Leave the rig up.") var keep = false
    @Flag(help: "The last line is one JSON object.") var json = false
    @Argument(help: "A PDF; without one a sample of two pages.") var document: String?

    func run() async throws {
        var option = RigOption()
        option.name = "main"
        let options = try option.options()
        if let document, !FileManager.default.isReadableFile(atPath: document) {
            throw FaxError(.noInput, "\(quoted(document)) can't be read: there is no such file, or it isn't yours")
        }
        // The last demo's files stay until this one has its own: DOCUMENT may be one of them, and whoever finds the rig
        // in use shouldn't take the files of the one who uses it.
        let output = DemoOutput(try RigOption.checkout + "/.rig/demo")
        try output.begin()
        defer { output.abandon() }
        let sample = output.stage + "/sample.pdf"
        if document == nil { try SampleDocument.demonstration.write(to: sample) }
        let source = document ?? sample
        let report: FaxRoundReport
        if keep {
            // A rig that is up already is used as it is.
            let rig: Rig
            if let running = Rig.running(options.name, checkout: options.checkout) {
                rig = running
            } else {
                rig = try await Rig.upToStay(options, say: Self.say)
            }
            report = try await Self.send(source, through: rig, to: output)
        } else {
            report = try await Rig.with(options, say: Self.say) { rig in
                try await Self.send(source, through: rig, to: output)
            }
        }
        let line = try JSONOutput.line(report)
        try Data((line + "\n").utf8).write(to: URL(fileURLWithPath: output.stage + "/report.json"))
        try output.finish()
        RoundText.lines(report).forEach(json ? Terminal.complain : Terminal.print)
        let stays = keep ? "; the rig is up (./run fax-rig down)" : ""
        Terminal.complain("demo: everything is in \(output.directory)\(stays)")
        if json { Terminal.print(line) }
        if !report.isPerfect { throw ExitCode(1) }
    }

    @Sendable private static func say(_ line: String) { Terminal.complain("demo: \(line)") }

    /// Sends, and keeps the files of both ends before the rig goes.
    private static func send(
        _ document: String, through rig: Rig, to output: DemoOutput
    ) async throws -> FaxRoundReport {
        say("both servers are up; sending \(URL(fileURLWithPath: document).lastPathComponent) to 5550269")
        let round = FaxRound(rig: rig, number: "5550269") { say($0) }
        var report = try await round.run([document])
        try? rig.saveLogs(to: output.stage + "/logs")
        guard let files = report.files else { return report }
        func keep(_ path: String?, _ name: String) throws -> String? {
            guard let path else { return nil }
            try FileManager.default.copyItem(atPath: path, toPath: output.stage + "/" + name)
            return output.directory + "/" + name
        }
        report.files = FaxRoundReport.Files(
            sent: try keep(files.sent, "sent.tiff") ?? "", received: try keep(files.received, "received.tiff") ?? "",
            pdf: try keep(files.pdf, "received.pdf"), message: try keep(files.message, "message.eml"))
        return report
    }
}

/// A report in words.
enum RoundText {
    static func lines(_ report: FaxRoundReport) -> [String] {
        var lines = [
            "job \(report.job): \(report.state.rawValue)\(report.cause.map { " (\($0.rawValue))" } ?? "")",
            "  T.30 result:     \(report.result)",
            "  pages:           \(report.pagesSent) sent, \(report.pagesConfirmed) confirmed, \(report.pagesReceived) received",
            "  line:            \(report.mode ?? "-") at \(report.rate ?? 0) bit/s, "
                + String(format: "%.1f s", report.lineSeconds)
                + (report.remoteStationID.map { ", answered by \(quoted($0))" } ?? ""),
        ]
        if let pdf = report.files?.pdf { lines.append("  received PDF:    \(pdf)") }
        if let mail = report.mail {
            lines += [
                "  email from:      \(mail.from)", "  email to:        \(mail.to)",
                "  subject:         \(mail.subject)",
                "  attachment:      \(mail.attachment ?? "none")",
            ]
        } else {
            lines.append("  email:           none")
        }
        let below = report.pages.contains { $0.coveredRows > 0 } ? ", below the header line" : ""
        lines.append("  pages identical: \(report.pagesIdentical) of \(report.pagesSent)\(below)")
        return lines
    }
}
