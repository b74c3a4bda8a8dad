import FaxModel
import FaxScheduler
import FaxStore
import Foundation
import SpoolFiles
import Testing

/// One sending server's directories and store in a place of their own, and the hand that plays Asterisk.
struct SpoolSite {
    let root: String
    let layout: SpoolLayout
    let store: SQLiteJobStore
    let scheduler: Scheduler

    var outgoing: String { root + "/outgoing" }
    var done: String { root + "/outgoing_done" }
    var staging: String { root + "/staged" }

    /// Two trunks, four lines and one.
    static var trunks: [TrunkLines] {
        get throws {
            [
                TrunkLines(try TrunkName(parsing: "trunk"), lines: 4),
                TrunkLines(try TrunkName(parsing: "spare"), lines: 1),
            ]
        }
    }

    init(
        retry: RetryPolicy = RetryPolicy(cooldown: 0), faxesInACall: Int = 1,
        hangUp: (@Sendable (AttemptID, String) throws -> Bool)? = nil,
        pagesDone: (@Sendable (AttemptID) throws -> Int?)? = nil,
        steady: @escaping @Sendable () -> SteadyTime? = { nil }
    ) throws {
        root = NSTemporaryDirectory() + "callfax-site-" + UUID().uuidString
        layout = SpoolLayout(root: root + "/spool")
        for directory in ["", "/outgoing", "/outgoing_done", "/staged", "/templates"] {
            try FileManager.default.createDirectory(atPath: root + directory, withIntermediateDirectories: true)
        }
        try layout.prepare()
        try FileManager.default.copyItem(
            atPath: Self.checkout + "/callfile-templates/fax-outbound.call",
            toPath: root + "/templates/fax-outbound.call")
        store = SQLiteJobStore(try StoreDatabase(path: layout.store))
        scheduler = Scheduler(
            store: store, layout: layout,
            outgoing: OutgoingSpool(
                outgoing: root + "/outgoing", archive: root + "/outgoing_done", staging: root + "/staged"),
            policy: SchedulerPolicy(
                trunks: try Self.trunks, retry: retry, faxesInACall: faxesInACall, waitTime: 60, asteriskRetries: 0,
                asteriskRetryTime: 86_400,
                templates: root + "/templates"),
            hands: Scheduler.Hands(
                derive: { call, target, _ in
                    // Like the real one: again after a crash.
                    try? FileManager.default.removeItem(atPath: target)
                    try FileManager.default.copyItem(atPath: call.job.document, toPath: target)
                }, hangUp: hangUp, pagesDone: pagesDone, steady: steady))
    }

    private static let checkout = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path

    func remove() { try? FileManager.default.removeItem(atPath: root) }

    func submit(_ number: String, pages: Int = 2, at now: UnixTime = UnixTime(seconds: 1_700_000_000)) throws -> Job {
        let document = layout.documents + "/\(UUID().uuidString.lowercased()).tiff"
        try Data("pages".utf8).write(to: URL(fileURLWithPath: document))
        let request = FaxRequest(
            owner: "ann", number: try FaxNumber(parsing: number), stationID: try StationID(parsing: "Test"),
            resolution: .fine, ecm: true, t38: true, rate: .r14400,
            template: "fax-outbound")
        let id = try #require(
            try store.submit(
                Submission(
                    document: Submission.Pages(path: document, count: pages, longestCall: 200),
                    recipients: [Submission.Recipient(request)], submitted: now, due: now,
                    deadline: now.adding(seconds: 10_800))
            ).first)
        return try #require(try store.job(id))
    }

    func pass(_ now: UnixTime) throws { _ = try #require(try scheduler.runOnce(now: { now })) }

    func openAttempt() throws -> AttemptID { try #require(try store.openCalls().last).id }

    func callFile(_ id: AttemptID) -> String {
        (try? String(contentsOfFile: outgoing + "/callfax-\(id).call", encoding: .utf8)) ?? ""
    }

    /// fax-agi start
    func answer(_ id: AttemptID, call: String, at: UnixTime, asterisk: ProcessIdentity = .current()) throws {
        let marker = StartMarker(
            holder: .call, attempt: id, at: at, uniqueid: try ChannelID(parsing: call), channel: "PJSIP/trunk-1",
            asterisk: asterisk)
        #expect(try Gate(layout).take(marker))
    }

    /// fax-agi result
    func report(
        _ id: AttemptID, call: String, at: UnixTime, status: String? = nil, pages: Int? = nil, text: String? = nil,
        cause: Int? = nil, tech: String? = nil
    ) throws {
        let call = try ChannelID(parsing: call)
        let report = CallReport(
            origin: .handler, attempt: id, uniqueid: call, channel: "PJSIP/trunk-1", at: at, faxStatus: status,
            faxStatusText: text, pages: pages, hangupCause: cause, techCause: tech)
        try JSONEncoder().encode(report).write(to: URL(fileURLWithPath: layout.result(id, call)))
    }

    /// Asterisk begins to dial; it notes the moment RetryTime later.
    func pickUp(_ id: AttemptID, at: UnixTime = UnixTime(seconds: 1_700_000_000)) throws {
        let file = try FileHandle(forWritingTo: URL(fileURLWithPath: outgoing + "/callfax-\(id).call"))
        try file.seekToEnd()
        let noted = at.adding(seconds: 86_400).seconds
        try file.write(contentsOf: Data("\nStartRetry: 1 1 (\(noted))\n".utf8))
        try file.close()
    }

    /// Asterisk lets go of the call file.
    func archive(_ id: AttemptID, _ status: String) throws {
        let name = "/callfax-\(id).call"
        try FileManager.default.moveItem(atPath: outgoing + name, toPath: done + name)
        let file = try FileHandle(forWritingTo: URL(fileURLWithPath: done + name))
        try file.seekToEnd()
        try file.write(contentsOf: Data("\nStartRetry: 1 1 (1700000000)\n\nStatus: \(status)\n".utf8))
        try file.close()
    }

    func vanish(_ id: AttemptID) throws {
        try FileManager.default.removeItem(atPath: outgoing + "/callfax-\(id).call")
    }
}

func withSite(_ body: (SpoolSite) throws -> Void) throws { try withSite(SpoolSite(), body) }

func withSite(_ site: SpoolSite, _ body: (SpoolSite) throws -> Void) throws {
    defer { site.remove() }
    try body(site)
}
