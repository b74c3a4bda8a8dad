import FaxModel
import FaxStore
import Foundation
import SpoolFiles

/// A spool with settings, and the real programs run on it, without a daemon and without Asterisk.
struct QueueSite {
    let root: String
    let layout: SpoolLayout
    let store: SQLiteJobStore

    struct Output {
        var code: Int32
        var out: String
        var err: String
        var lines: [String] { out.split(separator: "\n").map(String.init) }
    }

    private static let checkout = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path

    /// `sending` is laid into the settings' section, indented by two blanks.
    init(sending: String = "") throws {
        root = NSTemporaryDirectory() + "callfax-queue-" + UUID().uuidString
        layout = SpoolLayout(root: root + "/spool")
        for directory in ["/spool", "/outgoing", "/outgoing_done", "/callfax-staged", "/templates"] {
            try FileManager.default.createDirectory(atPath: root + directory, withIntermediateDirectories: true)
        }
        try FileManager.default.copyItem(
            atPath: Self.checkout + "/callfile-templates/fax-outbound.call",
            toPath: root + "/templates/fax-outbound.call")
        let text = """
            spool: \(layout.root)
            host: test.example
            time_zone: Europe/Berlin
            asterisk:
              outgoing: \(root)/outgoing
            sending:
              trunk: trunk
              station_id: Test
              templates: \(root)/templates
            \(sending)
            """
        try text.write(toFile: root + "/callfax.yaml", atomically: true, encoding: .utf8)
        try layout.prepare()
        store = SQLiteJobStore(try StoreDatabase(path: layout.store))
    }

    func remove() { try? FileManager.default.removeItem(atPath: root) }

    /// Jobs of one submission that are due in an hour.
    func submit(_ numbers: [String], owner: String = "ann", tag: String? = nil) throws -> [Int64] {
        let document = layout.documents + "/\(UUID().uuidString.lowercased()).tiff"
        try Data("pages".utf8).write(to: URL(fileURLWithPath: document))
        let now = Clock.now()
        return try store.submit(
            Submission(
                document: Submission.Pages(path: document, count: 3, longestCall: 200),
                recipients: try numbers.map { number in
                    Submission.Recipient(
                        FaxRequest(
                            owner: owner, number: try FaxNumber(parsing: number),
                            stationID: try StationID(parsing: "Test"), resolution: .fine, ecm: true, t38: true,
                            rate: .r14400, template: "fax-outbound", tag: try tag.map(JobTag.init(parsing:))))
                }, submitted: now, due: now.adding(seconds: 3600), deadline: now.adding(seconds: 7200)))
    }

    /// Ends a job as if a call had, with `pages` confirmed.
    func end(_ id: Int64, _ fate: Fate, _ cause: Cause?, pages: Int) throws {
        let now = Clock.now()
        let trunk = TrunkLines(try TrunkName(parsing: "trunk"), lines: 99)
        let job = try store.job(id)!
        _ = try store.alter(id, JobChange(due: now, priority: 0), now: now)
        let calls = try store.claim(
            ClaimRules(trunks: [trunk]), now: now, random: { UInt32.random(in: .min ... .max) },
            permission: { $0.id == id ? .now : .later(now.adding(seconds: 3600)) })
        let outcome = CallOutcome(
            delivered: cause == nil, cause: cause, pagesConfirmed: pages, answered: true, detail: "as \"seen\"")
        try store.settle(
            [
                SettledPart(
                    calls[0].id, outcome, NextStep(fate: fate, cause: cause, mode: job.mode), dialled: true,
                    lineSeconds: 61.5)
            ], now: now)
    }

    func run(_ tool: String, _ arguments: [String], columns: Int? = nil) throws -> Output {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: Self.checkout + "/.build/debug/callfax")
        process.arguments = [tool] + arguments
        process.environment = ["CALLFAX_CONFIG": root + "/callfax.yaml", "PATH": "/usr/bin:/bin"]
        if let columns { process.environment?["COLUMNS"] = "\(columns)" }
        let (out, err) = (Pipe(), Pipe())
        process.standardOutput = out
        process.standardError = err
        process.standardInput = FileHandle.nullDevice
        try process.run()
        // Complaints are a few lines: they fit into the pipe.
        let text = try out.fileHandleForReading.readToEnd() ?? Data()
        let talk = try err.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return Output(
            code: process.terminationStatus, out: String(decoding: text, as: UTF8.self),
            err: String(decoding: talk, as: UTF8.self))
    }

    func queue(_ arguments: String..., columns: Int? = nil) throws -> Output {
        try run("fax-queue", arguments, columns: columns)
    }
}

func withQueue(sending: String = "", _ body: (QueueSite) throws -> Void) throws {
    let site = try QueueSite(sending: sending)
    defer { site.remove() }
    try body(site)
}
