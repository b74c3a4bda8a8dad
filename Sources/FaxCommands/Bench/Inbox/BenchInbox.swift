import FaxInbox
import FaxModel
import FaxPages
import FaxRig
import FaxSettings
import FaxStore
import Foundation
import SpoolFiles

/// A receiving server with the real faxd and a mail server of ours, and nobody who calls.
final class BenchInbox {
    let sink: MailSink
    let store: InboxStore
    private let root: String
    private let site: Installation
    private let faxd = Process()

    /// `stores`: whether the mail server writes messages to the disk.
    init(programs: RigPrograms, root: String, stores: Bool) throws {
        self.root = root
        for directory in ["spool", "outgoing", "outgoing_done", "callfax-staged", "mail"] {
            try FileManager.default.createDirectory(
                atPath: root + "/" + directory, withIntermediateDirectories: true)
        }
        sink = try MailSink(directory: stores ? root + "/mail" : nil)
        // Messages as the other pipeline makes them, without the picture, are no fair comparison: ours has it.
        let text = """
            spool: \(root)/spool
            socket: \(root)/faxd.sock
            host: bench.example
            asterisk: {outgoing: \(root)/outgoing}
            receiving: {operator: operator@bench.example, recipients: [office@bench.example], repack_after: never}
            mail: {from: fax@bench.example, smtp: {host: 127.0.0.1, port: \(sink.port), security: none}}
            """
        try text.write(toFile: root + "/callfax.yaml", atomically: true, encoding: .utf8)
        site = try Installation(Settings.read(path: root + "/callfax.yaml", hostName: "bench.example"))
        store = InboxStore(site.database)
        faxd.executableURL = URL(fileURLWithPath: programs.faxd)
        faxd.arguments = ["--config", root + "/callfax.yaml"]
        faxd.standardOutput = FileHandle.nullDevice
        faxd.standardError = FileHandle.nullDevice
        try faxd.run()
        try waitUntil("faxd listens") { FileManager.default.fileExists(atPath: root + "/faxd.sock") }
    }

    deinit { end() }

    func end() {
        guard faxd.isRunning else { return }
        faxd.terminate()
        faxd.waitUntilExit()
    }

    /// Leaves a fax as ReceiveFAX and fax-agi do.
    func leave(_ tiff: String, id: String) throws {
        let call = try ChannelID(parsing: id)
        try FileManager.default.copyItem(atPath: tiff, toPath: site.layout.incomingTIFF(call))
        var report = ReceiptReport(
            uniqueid: call, channel: "PJSIP/trunk-00000001", at: Clock.now(), dialled: "5550269",
            callerNumber: "5550100", callerName: "", account: "", recipients: "")
        report.faxStatus = "SUCCESS"
        report.faxStatusText = "OK"
        report.remoteStationID = "+49 30 5550100"
        report.pages = try TIFFFile.inspect(tiff).count
        try DurableFile.publish(report.json.line, at: site.layout.receivedReport(call))
        site.layout.poke()
    }

    /// Milliseconds from the report on the disk to the message accepted.
    func deliver(_ tiff: String, id: String) throws -> Double {
        let count = sink.count
        try leave(tiff, id: id)
        let start = ProcessInfo.processInfo.systemUptime
        try wait(for: count + 1)
        return ((sink.accepted.last?.at ?? start) - start) * 1000
    }

    func wait(for count: Int) throws { try waitUntil("\(count) messages") { sink.count >= count } }

    /// The newest PDF in the archive.
    func archivedPDF() throws -> String {
        guard let pdf = try store.receipts(limit: 1).first?.pdf else {
            throw FaxError(.software, "nothing is in the archive")
        }
        return pdf
    }

    /// Makes the newest PDF anew, as it is done in a quiet hour, and gives its bytes.
    func repack() throws -> Int64 {
        guard let receipt = try store.receipts(limit: 1).first, let settings = try site.settings.inbox(site.layout)
        else { throw FaxError(.software, "nothing is in the archive") }
        _ = try ArchivePDF(settings: settings).improve(receipt, words: [:])
        return DiskUse.fileBytes(receipt.pdf ?? "")
    }

    /// Seconds of both kinds that faxd and its ended children have had.
    func cpuSeconds() throws -> Double {
        let text = try String(contentsOfFile: "/proc/\(faxd.processIdentifier)/stat", encoding: .utf8)
        // After the name in brackets comes the third field.
        let fields = text[(text.lastIndex(of: ")") ?? text.startIndex)...].split(separator: " ").dropFirst()
        let ticks = fields.dropFirst(11).prefix(4).compactMap { Double($0) }.reduce(0, +)
        return ticks / Double(sysconf(Int32(_SC_CLK_TCK)))
    }

    /// The most memory that faxd ever had: the pages of programs and libraries that it uses, which others share and the
    /// system may take back, and its own.
    func peakMegabytes() throws -> Double { try megabytes("VmHWM:") }

    /// What is faxd's own now: everything but programs and libraries.
    func ownMegabytes() throws -> Double { try megabytes("RssAnon:") }

    private func megabytes(_ name: String) throws -> Double {
        let text = try String(contentsOfFile: "/proc/\(faxd.processIdentifier)/status", encoding: .utf8)
        let line = text.split(separator: "\n").first { $0.hasPrefix(name) } ?? ""
        return (Double(line.split(separator: " ").dropFirst().first ?? "") ?? 0) / 1024
    }

    func waitUntil(_ what: String, _ condition: () throws -> Bool) throws {
        let end = ProcessInfo.processInfo.systemUptime + 300
        while try !condition() {
            guard ProcessInfo.processInfo.systemUptime < end else {
                throw FaxError(.software, "after five minutes: not \(what)")
            }
            usleep(500)
        }
    }
}
