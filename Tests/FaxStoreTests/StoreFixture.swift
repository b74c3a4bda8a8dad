import FaxModel
import FaxStore
import Foundation

/// A store in a directory of its own, for as long as the body runs: once with many connections and once with one.
func withStore(_ body: (SQLiteJobStore, StoreDatabase) throws -> Void) throws {
    for onOneConnection in [false, true] {
        let directory = NSTemporaryDirectory() + "callfax-store-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let database = try StoreDatabase(path: directory + "/callfax.sqlite", onOneConnection: onOneConnection)
        try body(SQLiteJobStore(database), database)
    }
}

extension FaxRequest {
    /// What a test asks for where only the number matters.
    static func sample(_ number: String, owner: String = "ann", tag: String? = nil) throws -> FaxRequest {
        FaxRequest(
            owner: owner, number: try FaxNumber(parsing: number), stationID: try StationID(parsing: "Test"),
            resolution: .fine, ecm: true, t38: true, rate: .r14400, template: "fax-outbound",
            tag: try tag.map(JobTag.init(parsing:)))
    }
}

extension SQLiteJobStore {
    /// Three pages to each of these numbers, due at once, for an hour.
    func submit(
        _ numbers: [String], document: String = "/d/1.tiff", priority: Int = JobPriority.normal, at now: UnixTime
    ) throws -> [Job] {
        try submit(
            Submission(
                document: Submission.Pages(path: document, count: 3, longestCall: 200),
                recipients: try numbers.map { Submission.Recipient(try .sample($0)) }, priority: priority,
                submitted: now, due: now, deadline: now.adding(seconds: 3600))
        ).compactMap { try job($0) }
    }

    /// By one trunk with that many lines.
    func claim(now: UnixTime, lines: Int, faxesInACall: Int = 1, random: () -> UInt32) throws -> [OpenCall] {
        let trunk = TrunkLines(try TrunkName(parsing: "trunk"), lines: lines)
        return try claim(
            ClaimRules(trunks: [trunk], faxesInACall: faxesInACall, memory: 86_400), now: now, random: random,
            permission: { _ in .now })
    }

    /// With nothing but a fate.
    func settle(_ attempt: AttemptID, _ outcome: CallOutcome, _ fate: Fate, now: UnixTime) throws {
        try settle(
            [SettledPart(attempt, outcome, NextStep(fate: fate, cause: outcome.cause), dialled: true)], now: now)
    }
}
