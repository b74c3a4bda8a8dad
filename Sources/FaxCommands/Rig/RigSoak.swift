import ArgumentParser
import FaxModel
import FaxPages
import FaxRig
import Foundation

/// `fax-rig soak`: many calls for a long time, and books that must balance.
struct RigSoak: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "soak", abstract: "Keeps many calls up, has things go wrong, and checks the books of both sides.",
        discussion: """
            Mixed documents go to mixed far ends. At the end submitted must be delivered plus failed with a cause plus \
            unknown, and every delivered page in exactly one message. Exit code 0 when all is so; else 1.
            """)

    @Option(help: "Calls at once.") var lines = 30
    @Option(help: "How long faxes are submitted.") var minutes = 20
    @Flag(help: "Kill both Asterisks, both faxd and the mail server in turn, lose packets, fill the disk.")
    var faults = false
    @Flag(help: "Find out instead how many calls at once this machine carries before a fax is hurt.") var ramp = false
    @Option(help: "The same word sends the same faxes and meets the same faults again.") var seed: String?
    @Flag(help: "The last line is one JSON object.") var json = false

    func validate() throws {
        guard (1...500).contains(lines) else { throw ValidationError("--lines must be 1 to 500") }
        guard (1...1440).contains(minutes) else { throw ValidationError("--minutes must be 1 to 1440") }
    }

    func run() async throws {
        if ramp { return try await findLimit() }
        let plan = SoakPlan(
            lines: lines, minutes: minutes, hasFaults: faults,
            seed: seed ?? String(UInt64.random(in: 0...UInt64.max), radix: 36))
        var option = RigOption()
        option.name = "soak"
        var options = try option.options()
        options.settings[.a] = ["sending": plan.settings]
        options.spoolBytes = Soak.spoolBytes
        options.smallSide = .b
        Self.say("\(lines) lines for \(minutes) minutes, seed \(plan.seed)")
        let directory = NSTemporaryDirectory() + "callfax-soak-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let documents = try Dictionary(
            uniqueKeysWithValues: SoakDocument.allCases.map { kind in
                let path = "\(directory)/\(kind.rawValue).pdf"
                try SampleDocument.soak(kind).write(to: path)
                return (kind, path)
            })
        let report = try await Rig.with(options, say: Self.say) { rig in
            let report = try await Soak(rig: rig, plan: plan, say: Self.say).run(documents)
            if !report.isBalanced { try rig.saveLogs(to: RigOption.checkout + "/.rig/soak") }
            return report
        }
        SoakText.lines(report).forEach(json ? Terminal.complain : Terminal.print)
        if json { Terminal.print(try JSONOutput.line(report)) }
        guard report.isBalanced else {
            Self.say("the logs are in .rig/soak")
            throw ExitCode(1)
        }
    }

    /// Bursts that grow, until one of their faxes doesn't arrive as it was sent.
    private func findLimit() async throws {
        var option = RigOption()
        option.name = "soak"
        var options = try option.options()
        options.settings[.a] = FaxBurst.settings
        let document = NSTemporaryDirectory() + "callfax-soak-" + UUID().uuidString + ".pdf"
        defer { try? FileManager.default.removeItem(atPath: document) }
        try SampleDocument.soak(.shortPage).write(to: document)
        try await Rig.with(options, say: Self.say) { rig in
            for (name, ramp) in [("T.38", LineRamp.t38), ("G.711", .audio)] {
                let reports = try await ramp.run(FaxBurst(rig: rig), document, options: ["-l"]) {
                    Terminal.print("\(name): \(BurstText.line($0))")
                }
                guard let most = reports.last(where: { !$0.isHurt })?.count else { continue }
                Terminal.print("\(name): \(most) calls at once hurt no fax")
            }
        }
    }

    @Sendable private static func say(_ line: String) { Terminal.complain("soak: \(line)") }
}

/// The report in words.
enum SoakText {
    static func lines(_ report: SoakReport) -> [String] {
        let faxes = Double(max(1, report.delivered + report.partial))
        let causes = report.causes.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
        var lines = [
            "submitted \(report.submitted) = delivered \(report.delivered) + partial \(report.partial) "
                + "+ failed \(report.failed) + unknown \(report.unknown)"
        ]
        lines.append("  causes:          " + causes.joined(separator: ", "))
        lines.append("  faults:          " + (report.faults.isEmpty ? "none" : report.faults.joined(separator: ", ")))
        lines.append(
            "  pages:           \(report.pagesDelivered) delivered, \(report.pagesTwice) of them twice after a lost "
                + "confirmation, \(report.compared) faxes compared pixel by pixel, \(report.nameless) calls left pages and no name"
        )
        if report.pagesUnwritten > 0 {
            lines.append(
                "  disk full:       \(report.pagesUnwritten) pages were confirmed by Asterisk and not written; the recipients were told"
            )
        }
        lines += [
            String(
                format: "  rate:            %.0f faxes an hour, %.2f pages a minute for each line",
                report.deliveredPerHour, report.pagesPerLineMinute),
            String(
                format: "  processor:       ours %.1f s (%.0f ms a fax), both Asterisks %.1f s", report.cpuOurs,
                1000 * report.cpuOurs / faxes, report.cpuAsterisk),
            String(
                format: "  memory of faxd:  %.1f MB at first, %.1f at the end, %.1f at most", report.memory[0],
                report.memory[1], report.memory[2]),
        ]
        lines += report.problems.prefix(50).map { "  DOES NOT BALANCE: \($0)" }
        if report.problems.count > 50 { lines.append("  and \(report.problems.count - 50) more") }
        return lines
    }
}

extension SampleDocument {
    /// A document of that kind.
    static func soak(_ kind: SoakDocument) -> SampleDocument {
        switch kind {
        case .denseLetter: return words(pages: 1)
        case .shortPage, .threePages, .tenPages:
            return SampleDocument(
                pages: (1...kind.pages).map { number in
                    var page = SampleDocument.Page(.a4, lines: ["Callfax soak, \(kind.rawValue)", "page \(number)"])
                    page.isDecorated = false
                    return page
                })
        }
    }
}
