import FaxCommands
import FaxModel
import FaxStore
import Foundation
import SpoolFiles
import Testing

/// The commands of the sending half on a spool of their own, without a daemon and without Asterisk.
@Suite struct SendingCommandTests {
    let root: String
    let layout: SpoolLayout

    init() throws {
        root = NSTemporaryDirectory() + "callfax-commands-" + UUID().uuidString
        layout = SpoolLayout(root: root + "/spool")
    }

    /// Makes the spool at `spool`, and settings whose Asterisk is missing but for its outgoing directory.
    private func settings(spool: String) throws -> String {
        for directory in [spool, root + "/outgoing", root + "/templates"] {
            try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        }
        let checkout = URL(fileURLWithPath: #filePath)
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path
        try FileManager.default.copyItem(
            atPath: checkout + "/callfile-templates/fax-outbound.call",
            toPath: root + "/templates/fax-outbound.call")
        let path = root + "/callfax.yaml"
        let text = """
            spool: "\(spool)"
            asterisk:
              outgoing: \(root)/outgoing
            sending:
              trunk: trunk
              station_id: Test
              templates: \(root)/templates
            """
        try text.write(toFile: path, atomically: true, encoding: .utf8)
        return path
    }

    private func remove() { try? FileManager.default.removeItem(atPath: root) }

    private func submit(_ number: String) throws -> Job {
        try layout.prepare()
        let store = SQLiteJobStore(try StoreDatabase(path: layout.store))
        let request = FaxRequest(
            owner: "ann", number: try FaxNumber(parsing: number), trunk: try TrunkName(parsing: "trunk"),
            stationID: try StationID(parsing: "Test"), resolution: .fine, ecm: true, t38: true, rate: .r14400,
            template: "fax-outbound")
        let later = Clock.now().adding(seconds: 1000)
        let id = try #require(
            try store.submit(
                Submission(
                    document: Submission.Pages(path: layout.documents + "/1.tiff", count: 1, longestCall: 100),
                    recipients: [Submission.Recipient(request)], submitted: Clock.now(), due: later,
                    deadline: later.adding(seconds: 1000))
            ).first)
        return try #require(try store.job(id))
    }

    private func state(_ id: Int64) throws -> JobState? {
        try SQLiteJobStore(try StoreDatabase(path: layout.store)).job(id)?.state
    }

    @Test("a fax whose call file could never be written is refused before it is accepted")
    func refused() async throws {
        defer { remove() }
        let config = try settings(spool: root + "/a spool")
        let code = await SendTool.exitCode(["--config", config, "-d", "5550001", root + "/none.pdf"])
        #expect(code == 78)
    }

    @Test("the queue is shown and jobs are cancelled whatever a pass complains of")
    func queue() async throws {
        defer { remove() }
        let config = try settings(spool: layout.root)
        let job = try submit("5550001")
        #expect(await QueueTool.exitCode(["list", "--config", config]) == 0)
        #expect(await QueueTool.exitCode(["show", "--config", config, "\(job.id)"]) == 0)
        #expect(await QueueTool.exitCode(["cancel", "--config", config, "99", "\(job.id)"]) == 65)
        #expect(try state(job.id) == .cancelled)
    }
}
