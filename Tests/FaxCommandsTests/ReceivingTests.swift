import FaxModel
import FaxStore
import Testing

@testable import FaxCommands

@Suite("What people are told about receiving")
struct ReceivingTests {
    private func view(_ state: InboxReceiptState, mail: [InboxMailState] = []) throws -> ReceiptView {
        let id = try ChannelID(parsing: "1.1")
        var receipt = InboxReceipt(
            uniqueid: "1.1", call: id, origin: .report, recordedAt: UnixTime(seconds: 2),
            endedAt: UnixTime(seconds: 1), archiveName: "1/1")
        receipt.state = state
        receipt.isComplete = state == .archived
        if state == .empty { receipt.reason = "the caller hung up" }
        var view = ReceiptView(receipt, [], times: TimeText("UTC"))
        view.mail = mail.map { ReceiptView.Mail(recipient: "a@example.net", state: $0, tries: 1) }
        return view
    }

    @Test("A fax that is not archived yet isn't called incomplete, and a message that was given up is named")
    func result() throws {
        #expect(try view(.reported).result == "not archived yet")
        #expect(try view(.empty).result == "nothing received: the caller hung up")
        #expect(try view(.archived, mail: [.sent]).result == "complete")
        #expect(
            try view(.archived, mail: [.failed, .queued, .queued]).result
                == "complete, 2 messages waiting, 1 message given up")
    }

    private static let list = [
        "res_fax", "res_fax_spandsp", "res_agi", "app_stack", "app_verbose", "func_channel", "func_timeout",
        "func_callerid", "func_strings",
    ].map { "\($0).so      Description of it        0          Running              core\n" }

    @Test("A module that was loaded and declined is missing; what only sending needs is asked of senders")
    func modules() {
        let all = Self.list.joined()
        #expect(AsteriskChecks.modules(all, sending: false).grade == .ok)
        #expect(AsteriskChecks.modules(all, sending: true).text.contains("pbx_spool.so"))
        let declined = Self.list.map { line in
            line.hasPrefix("res_fax_spandsp") ? line.replacing(" Running ", with: " Not Running ") : line
        }.joined()
        let finding = AsteriskChecks.modules(declined, sending: false)
        #expect(finding.grade == .wrong)
        #expect(finding.text == "not running: res_fax_spandsp.so")
    }

    @Test("A dialplan that lets calls last longer than the inbox believes is wrong")
    func longestCall() {
        #expect(AsteriskChecks.longestCall(["FAXMAXCALL": "3600"], maxCall: 3600) == nil)
        #expect(
            AsteriskChecks.longestCall(["FAXMAXCALL": "7200"], maxCall: 3600)?.mend == "set receiving.max_call to 7200")
        #expect(AsteriskChecks.longestCall([:], maxCall: 3600)?.grade == .wrong)
    }

    @Test("The dialplan must ask where faxd answers, and where nobody else can listen")
    func fastAGI() {
        let url = "agi://127.0.0.1:573"
        #expect(AsteriskChecks.fastAGI("", port: nil, firstFreePort: 1024) == nil)
        #expect(AsteriskChecks.fastAGI(url, port: 573, firstFreePort: 1024)?.grade == .ok)
        #expect(
            AsteriskChecks.fastAGI(url, port: nil, firstFreePort: 1024)?.mend.hasPrefix("set asterisk.agi_port") == true
        )
        for asked in ["", "agi://127.0.0.1", "agi://127.0.0.1:574", "agi://10.0.0.1:573"] {
            let mend = AsteriskChecks.fastAGI(asked, port: 573, firstFreePort: 1024)?.mend
            #expect(mend?.hasPrefix("set FAXFASTAGI to \(url)") == true)
        }
        #expect(AsteriskChecks.fastAGI(url, port: 573, firstFreePort: 0)?.grade == .wrong)
    }

    @Test("A complaint that lasts is told once, and again when it comes back")
    func complaints() {
        let complaints = NewComplaints()
        #expect(complaints.among(["a", "b"]) == ["a", "b"])
        #expect(complaints.among(["b", "c"]) == ["c"])
        #expect(complaints.among([]) == [])
        #expect(complaints.among(["b"]) == ["b"])
    }
}
