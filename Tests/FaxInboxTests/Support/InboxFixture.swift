import FaxInbox
import FaxModel
import FaxPages
import FaxStore
import Foundation
import SpoolFiles

/// A spool, a store and a mailer of one test; all of it gone with the test.
final class InboxFixture {
    /// 2026-11-22 21:06:51 UTC
    static let call = UnixTime(seconds: 1_795_381_611)
    static let end = call.adding(seconds: 43)
    static let now = call.adding(seconds: 60)

    let root: String
    let layout: SpoolLayout
    let store: InboxStore
    let mailer = RecordingMailer()

    init() throws {
        root = NSTemporaryDirectory() + "callfax-inbox-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: root, withIntermediateDirectories: true)
        layout = SpoolLayout(root: root + "/spool")
        try layout.prepare()
        store = InboxStore(try StoreDatabase(path: layout.store))
    }

    deinit { try? FileManager.default.removeItem(atPath: root) }

    func settings(
        recipients: [String] = ["office@example.net"], routes: [String: [String]] = [:], zone: String = "Europe/Berlin"
    ) throws -> InboxSettings {
        try InboxSettings(
            layout: layout, host: "fax.example.net", timeZoneIdentifier: zone,
            from: EmailAddress(parsing: "fax@example.net"), fromName: "Fax",
            rules: rules(recipients: recipients, routes: routes), maxCall: 3600, repackAfter: nil)
    }

    func rules(recipients: [String] = [], routes: [String: [String]] = [:]) throws -> InboxRules {
        func handling(_ addresses: [String]) throws -> InboundHandling {
            var handling = InboundHandling()
            handling.recipients = try addresses.map { try EmailAddress(parsing: $0) }
            return handling
        }
        return try InboxRules(
            operator: EmailAddress(parsing: "operator@example.net"), standard: handling(recipients),
            routes: routes.map { number, to in
                InboundRoute(name: number, dialled: .exact(number), handling: try handling(to))
            })
    }

    /// One pass, which must be allowed to run.
    @discardableResult
    func pass(
        now: UnixTime = InboxFixture.now, settings: InboxSettings? = nil, mailer: (any Mailer)? = nil,
        checkpoint: @escaping @Sendable (InboxStep) throws -> Void = { _ in }
    ) async throws -> InboxPass {
        let inbox = Inbox(
            settings: try settings ?? self.settings(), store: store, mailer: mailer ?? self.mailer,
            checkpoint: checkpoint)
        guard let pass = try await inbox.runOnce(now: now) else { throw Blocked() }
        return pass
    }

    struct Blocked: Error {}

    static func id(_ text: String) throws -> ChannelID {
        guard let id = ChannelID(text) else { throw FaxError(.data, "\(text) is no channel id") }
        return id
    }

    static func report(_ id: String = "1795381611.7") throws -> ReceiptReport {
        ReceiptReport(
            uniqueid: try Self.id(id), channel: "PJSIP/trunk-00000007", at: end, startedAt: call, dialled: "5550269",
            callerNumber: "5550100", callerName: "Ann Sender", account: "", recipients: "", faxStatus: "SUCCESS",
            faxError: "HANGUP", faxStatusText: "OK", pages: 2, rate: 14400, resolution: "8031x7700", mode: "T38",
            ecm: "yes", remoteStationID: "+49 30 555", localStationID: "us", hangupCause: 16)
    }

    /// Leaves a report as fax-agi does.
    func leave(_ report: ReceiptReport) throws {
        try DurableFile.publish(report.json.line, at: layout.receivedReport(report.uniqueid))
    }

    /// What a call leaves that brought two pages.
    func receive(_ id: String = "1795381611.7", _ change: (inout ReceiptReport) -> Void = { _ in }) throws {
        try leaveTIFF(id)
        var report = try Self.report(id)
        change(&report)
        try leave(report)
    }

    func leave(_ marker: ReceivingMarker) throws {
        _ = try DurableFile.createExclusive(marker.json.line, at: layout.receivingMarker(marker.uniqueid))
    }

    static func marker(_ id: String = "1795381611.7", asterisk: ProcessIdentity?) throws -> ReceivingMarker {
        ReceivingMarker(
            uniqueid: try Self.id(id), channel: "PJSIP/trunk-00000007", at: call, asterisk: asterisk,
            dialled: "5550269", callerNumber: "5550100", callerName: "", account: "", recipients: "")
    }

    /// A TIFF with as many pages in the coding that spandsp writes, where ReceiveFAX leaves it.
    @discardableResult
    func leaveTIFF(_ id: String = "1795381611.7", pages: Int = 2) throws -> Data {
        let path = layout.incomingTIFF(try Self.id(id))
        var writer = try FaxTIFFWriter(path: path, totalPages: pages)
        for page in 0..<pages {
            var bits = PageBits(width: 1728, rows: 200)
            for index in bits.bytes.indices where index % (page + 3) == 0 { bits.bytes[index] = 0x3C }
            try writer.add(bits, .fine, .g3TwoDimensional)
        }
        _ = try writer.finish()
        return try Data(contentsOf: URL(fileURLWithPath: path))
    }

    /// A file that is no TIFF, where ReceiveFAX would leave one.
    func leaveFile(_ bytes: Data, _ id: String = "1795381611.7") throws {
        try bytes.write(to: URL(fileURLWithPath: layout.incomingTIFF(try Self.id(id))))
    }

    /// Everything in the archive, paths relative to it, hidden files too.
    func archived() throws -> [String] {
        let all = try FileManager.default.subpathsOfDirectory(atPath: layout.archive)
        return all.filter { isFile(layout.archive + "/" + $0) }.sorted()
    }

    private func isFile(_ path: String) -> Bool {
        var isDirectory: ObjCBool = false
        return FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) && !isDirectory.boolValue
    }

    /// What is left in the three directories shared with Asterisk.
    func leftInSpool() throws -> [String] {
        try [layout.incoming, layout.receiving, layout.received].flatMap { try DurableFile.list($0) }
    }

    func mode(_ path: String) throws -> Int {
        let attributes = try FileManager.default.attributesOfItem(atPath: path)
        return (attributes[.posixPermissions] as? Int) ?? -1
    }

    func age(_ path: String, to time: UnixTime) throws {
        let date = Date(timeIntervalSince1970: Double(time.seconds))
        try FileManager.default.setAttributes([.modificationDate: date], ofItemAtPath: path)
    }

    static let name = "5550269/5550269_5550100_PJSIP-trunk-00000007_20261122-220651_1795381611.7"
}
