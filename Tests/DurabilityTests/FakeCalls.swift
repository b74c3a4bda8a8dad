import FaxModel
import FaxPages
import FaxStore
import Foundation
import SpoolFiles
import Testing

/// What Asterisk does with the call files of a site, and what the far ends do; a number's last digit says which: 2 is busy, 3
/// breaks off after the first page of the first call, 4 takes the fax and Asterisk dies, 6 is busy the first time, all others
/// take the fax.
///
/// Only what passes the gate is transmitted, as in the dialplan. What happened so far lies in a file of the site.
final class FakeCalls {
    struct Transmission: Codable {
        var number: String
        var pages: Int
    }

    private struct Story: Codable {
        var transmissions: [Transmission] = []
        var served: [String] = []
        var calls: [String: Int] = [:]
        var damage: [String] = []
    }

    private let site: CrashSite
    private var story: Story
    /// Seconds by which this machine's clock is said to be wrong.
    var clockError: Int64 = 0
    private var now: UnixTime { Clock.now().adding(seconds: clockError) }

    /// What far ends got, in order.
    var transmissions: [Transmission] { story.transmissions }
    /// Call files that were not whole, or whose pages weren't, in words.
    var damage: [String] { story.damage }

    init(_ site: CrashSite) {
        self.site = site
        let data = FileManager.default.contents(atPath: site.root + "/calls.json")
        story = data.flatMap { try? JSONDecoder().decode(Story.self, from: $0) } ?? Story()
    }

    /// Serves every call file that is out; false where there was none.
    func serve() throws -> Bool {
        let names = try FileManager.default.contentsOfDirectory(atPath: site.outgoing).sorted()
        for name in names {
            let text = try String(contentsOfFile: site.outgoing + "/" + name, encoding: .utf8)
            func value(_ key: String) -> String? {
                text.split(separator: "\n").first { $0.hasPrefix(key) }.map { String($0.dropFirst(key.count)) }
            }
            guard text.hasSuffix("Set: CHANNEL(hangup_handler_push)=fax-outbound-result,s,1\n"),
                let number = value("Extension: "), let attempt = value("Set: FAXATTEMPT=").flatMap(AttemptID.init),
                let pages = value("Set: FAXPAGETOTAL=").flatMap(Int.init), let file = value("Set: FAXFILE=")
            else {
                story.damage.append("\(name) is torn: \(text.suffix(200))")
                try FileManager.default.removeItem(atPath: site.outgoing + "/" + name)
                continue
            }
            if story.served.contains(attempt.text) { story.damage.append("\(attempt) was published twice") }
            story.served.append(attempt.text)
            if try TIFFFile.preflight(file).count != pages {
                story.damage.append("\(file) has not the \(pages) pages that it shall")
            }
            try play(number, attempt, pages)
            // faxd may have seen the report already and taken the file back; pbx_spool.c takes no offence at that either.
            guard rename(site.outgoing + "/" + name, site.archive + "/" + name) == 0 else {
                guard errno == ENOENT else { throw FaxError.system("move", name, errno: errno) }
                continue
            }
            let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: site.archive + "/" + name))
            try handle.seekToEnd()
            try handle.write(contentsOf: Data("\nStatus: Completed\n".utf8))
            try handle.close()
        }
        try JSONEncoder().encode(story).write(to: URL(fileURLWithPath: site.root + "/calls.json"))
        return !names.isEmpty
    }

    private func play(_ number: String, _ attempt: AttemptID, _ pages: Int) throws {
        let call = try ChannelID(parsing: "1700000000.\(story.served.count)")
        story.calls[number, default: 0] += 1
        if number.hasSuffix("2") || number.hasSuffix("6") && story.calls[number] == 1 {
            return try report(attempt, call, cause: 17, tech: "SIP 486 Busy Here")
        }
        let isLost = number.hasSuffix("4")
        let marker = StartMarker(
            holder: .call, attempt: attempt, at: now, uniqueid: call, channel: "PJSIP/trunk-1",
            asterisk: isLost ? ProcessIdentity(pid: 1, startTicks: 1, bootID: "another life") : .current())
        guard try Gate(site.layout).take(marker) else { return }
        let breaks = number.hasSuffix("3") && !transmissions.contains { $0.number == number }
        story.transmissions.append(Transmission(number: number, pages: breaks ? 1 : pages))
        if isLost { return }
        if breaks { return try report(attempt, call, status: "FAILED", pages: 1, text: "The call dropped prematurely") }
        try report(attempt, call, status: "SUCCESS", pages: pages, text: "OK")
    }

    private func report(
        _ attempt: AttemptID, _ call: ChannelID, status: String? = nil, pages: Int? = nil, text: String? = nil,
        cause: Int? = nil, tech: String? = nil
    ) throws {
        let report = CallReport(
            origin: .handler, attempt: attempt, uniqueid: call, channel: "PJSIP/trunk-1", at: now,
            faxStatus: status, faxStatusText: text, pages: pages, resolution: "8031x3850", hangupCause: cause,
            techCause: tech)
        try DurableFile.publish(Array(JSONEncoder().encode(report)), at: site.layout.result(attempt, call))
    }
}
