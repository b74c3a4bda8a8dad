import FaxModel
import FaxPages
import FaxRig
import FaxStore
import Foundation
import SpoolFiles
import Testing

/// A pass of the inbox killed at every change: nothing lost, and a second copy only where SMTP itself can't tell.
@Suite struct InboxKillTests {
    private static let people = ["ann@example.org", "bob@example.org"]

    @Test("faxd killed anywhere while faxes come in, with a Maildir: each person gets each fax once")
    func maildir() async throws {
        let result = try await KillProof(
            name: "faxd --once while faxes come in", prepare: { try Self.prepare($0, mail: "maildir: \($0.mail)") },
            run: { try $0.program("faxd", ["--once"]).run(killedAt: $1) },
            check: { site, _ in
                try site.run("faxd", ["--once"])
                try site.run("faxd", ["--once"])
                let names = try FileManager.default.contentsOfDirectory(atPath: site.mail + "/new")
                return try Self.problems(site, delivered: names.count, distinct: Set(names).count)
            }
        ).result()
        #expect(result.problems.isEmpty, "\(result.problems.joined(separator: "\n"))")
        #expect(result.tried > 0)
    }

    @Test("faxd killed anywhere while it talks to a mail server: doubled only between its yes and our note")
    func smtp() async throws {
        let sinks = SinkShelf()
        let doubled = DoubledLedger()
        let result = try await KillProof(
            name: "faxd --once with a mail server",
            prepare: { site in
                let sink = try sinks.take(site.root)
                try Self.prepare(site, mail: "smtp: {host: 127.0.0.1, port: \(sink.port), security: none}")
            },
            run: { try $0.program("faxd", ["--once"]).run(killedAt: $1) },
            check: { site, trace in
                try site.run("faxd", ["--once"])
                try site.run("faxd", ["--once"])
                let accepted = try #require(sinks.find(site.root)).accepted
                let pairs = accepted.map { "\($0.messageID) \($0.recipient)" }
                doubled.add(pairs.count - Set(pairs).count, trace)
                return try Self.problems(site, delivered: Set(pairs).count, distinct: Set(pairs).count)
                    + (pairs.count > Set(pairs).count + 1 ? ["\(pairs.count - Set(pairs).count) copies too many"] : [])
            }
        ).result()
        #expect(result.problems.isEmpty, "\(result.problems.joined(separator: "\n"))")
        #expect(result.tried > 0)
        print("kill points: a second copy, with the same Message-ID, after \(doubled.count) of them: \(doubled.calls)")
        // Whatever was sent twice was sent in the one gap that SMTP leaves: what follows the final dot is ours to write.
        #expect(doubled.calls.allSatisfy { $0.contains("sqlite") || $0.contains("socket") || $0.contains("spool") })
    }

    /// One whole fax of two pages, one that a crashed Asterisk left, and a call without a page.
    private static func prepare(_ site: CrashSite, mail: String) throws {
        var text = try String(contentsOfFile: site.root + "/callfax.yaml", encoding: .utf8)
        text = text.split(separator: "\n").filter { !$0.hasPrefix("mail:") }.joined(separator: "\n")
        text += """

            receiving: {operator: operator@example.org, recipients: [\(people.joined(separator: ", "))], repack_after: never}
            mail: {from: fax@example.org, \(mail)}

            """
        try text.write(toFile: site.root + "/callfax.yaml", atomically: true, encoding: .utf8)
        for (id, hasReport, hasFile) in [("1.1", true, true), ("1.2", false, true), ("1.3", true, false)] {
            let call = try ChannelID(parsing: id)
            if hasFile {
                try FileManager.default.copyItem(
                    atPath: CrashSite.document.tiff, toPath: site.layout.incomingTIFF(call))
            }
            let gone = ProcessIdentity(pid: 5_000_000)
            _ = try DurableFile.createExclusive(
                ReceivingMarker(
                    uniqueid: call, channel: "PJSIP/trunk-1", at: UnixTime(seconds: 1_700_000_000), asterisk: gone,
                    dialled: "5550269", callerNumber: "5550100", callerName: "", account: "", recipients: ""
                ).json.line, at: site.layout.receivingMarker(call))
            guard hasReport else { continue }
            var report = ReceiptReport(
                uniqueid: call, channel: "PJSIP/trunk-1", at: UnixTime(seconds: 1_700_000_060), dialled: "5550269",
                callerNumber: "5550100", callerName: "", account: "", recipients: "")
            report.faxStatus = hasFile ? "SUCCESS" : "FAILED"
            report.pages = hasFile ? 2 : 0
            try DurableFile.publish(report.json.line, at: site.layout.receivedReport(call))
        }
    }

    private static func problems(_ site: CrashSite, delivered: Int, distinct: Int) throws -> [String] {
        var problems: [String] = []
        let store = InboxStore(try StoreDatabase(path: site.layout.store))
        let receipts = try store.receipts(limit: 10)
        if receipts.map(\.state.rawValue).sorted() != ["archived", "archived", "empty"] {
            problems.append("receipts: \(receipts.map(\.state))")
        }
        if delivered != distinct { problems.append("\(delivered) messages, \(distinct) different ones") }
        if distinct != 2 * people.count { problems.append("\(distinct) messages of \(2 * people.count)") }
        for receipt in receipts where receipt.state == .archived {
            for path in [receipt.tiff, receipt.pdf] {
                if path.map({ FileManager.default.fileExists(atPath: $0) }) != true {
                    problems.append("fax \(receipt.uniqueid): \(path ?? "a file") is not there")
                }
            }
        }
        let original = try Data(contentsOf: URL(fileURLWithPath: CrashSite.document.tiff))
        for tiff in receipts.compactMap(\.tiff) where try Data(contentsOf: URL(fileURLWithPath: tiff)) != original {
            problems.append("\(tiff) is not what came")
        }
        let layout = site.layout
        for directory in [layout.incoming, layout.received, layout.receiving, layout.messages] {
            let left = try DurableFile.list(directory)
            if !left.isEmpty { problems.append("\(directory): \(left)") }
        }
        let hidden = try FileManager.default.subpathsOfDirectory(atPath: layout.archive).filter { $0.contains("/.") }
        if !hidden.isEmpty { problems.append("left hidden: \(hidden)") }
        return problems
    }
}
