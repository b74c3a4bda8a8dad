import FaxModel
import FaxScheduler
import Testing

/// The sweep's table, a test case for each row and each side of each deadline.
@Suite struct VerdictTests {
    typealias Evidence = AttemptEvidence

    static let published = UnixTime(seconds: 1000)
    static let patience = Patience(report: 10, pickup: 60, overdue: 60, release: 10, dialling: 100)

    struct Row: Sendable, CustomStringConvertible {
        var description: String
        var state = Attempt.State.published
        var marker = Evidence.Marker.none
        var reported: [CallReport.Origin] = []
        var reportAt: Int64 = 1000
        var reportID = "1.1"
        var file = Evidence.File.absent
        var dialled: Int64?
        var cancelled = false
        var at: Int64
        var verdict: Expected
    }

    enum Expected: Sendable, Equatable {
        case wait, started, hangUp, settle
        case close(Cause)
        case untransmitted(Cause)
        case unknown
    }

    static func call(alive: Bool = true, id: String = "1.1") -> Evidence.Marker {
        .call(uniqueid: ChannelID(id), at: UnixTime(seconds: 1000), alive: alive)
    }

    static let rows: [Row] = [
        Row(
            description: "started, running", marker: call(), file: .outgoing(touched: true), at: 1010, verdict: .started
        ),
        Row(description: "started, file gone, running", marker: call(), at: 1010, verdict: .started),
        Row(
            description: "started, Asterisk gone", marker: call(alive: false), file: .outgoing(touched: true), at: 1010,
            verdict: .unknown),
        Row(
            description: "started, Asterisk gone, archived", marker: call(alive: false), file: .archived(.expired),
            at: 1010, verdict: .unknown),
        Row(description: "started, just before the longest call is over", marker: call(), at: 1259, verdict: .started),
        Row(
            description: "started, longest call over and a minute", marker: call(), file: .outgoing(touched: true),
            at: 1260, verdict: .unknown),
        Row(
            description: "reported, file released", marker: call(), reported: [.handler], file: .archived(.completed),
            at: 1001, verdict: .settle),
        Row(description: "reported, file gone", marker: call(), reported: [.handler], at: 1001, verdict: .settle),
        Row(
            description: "reported, Asterisk gone since", marker: call(alive: false), reported: [.handler], at: 1001,
            verdict: .settle),
        Row(
            description: "reported, still held", marker: call(), reported: [.handler], file: .outgoing(touched: true),
            at: 1005, verdict: .wait),
        Row(
            description: "reported, held for too long", marker: call(), reported: [.handler],
            file: .outgoing(touched: true), at: 1010, verdict: .settle),
        Row(
            description: "reported by another clock, which was ahead", marker: call(), reported: [.handler],
            reportAt: 4600, file: .outgoing(touched: true), at: 1005, verdict: .settle),
        Row(
            description: "another call of the same attempt reported", marker: call(id: "2.2"), reported: [.handler],
            file: .archived(.completed), at: 1001, verdict: .started),
        Row(
            description: "another call reported, the owner's Asterisk is gone", marker: call(alive: false, id: "2.2"),
            reported: [.handler], at: 1001, verdict: .unknown),
        Row(
            description: "only the failed extension reported for an owner", marker: call(), reported: [.failed],
            at: 1001, verdict: .started),
        Row(
            description: "an owner that can't be read", marker: .call(uniqueid: nil, at: nil, alive: true),
            reported: [.handler], at: 1001, verdict: .started),
        Row(
            description: "an owner that can't be read, too long ago",
            marker: .call(uniqueid: nil, at: nil, alive: true), reported: [.handler], at: 1260, verdict: .unknown),
        Row(description: "closed by us, nothing else", marker: .closed, at: 1001, verdict: .untransmitted(.localLost)),
        Row(
            description: "closed by us, archived", marker: .closed, file: .archived(.expired), at: 1001,
            verdict: .untransmitted(.localNoReport)),
        Row(
            description: "closed by us, still in outgoing", marker: .closed, file: .outgoing(touched: false), at: 1001,
            verdict: .untransmitted(.localDown)),
        Row(
            description: "busy, archived", reported: [.handler], file: .archived(.expired), at: 1001,
            verdict: .close(.localNoReport)),
        Row(description: "busy, file gone", reported: [.handler], at: 1001, verdict: .close(.localLost)),
        Row(
            description: "busy, Asterisk will redial", reported: [.handler], file: .outgoing(touched: true), at: 1010,
            verdict: .wait),
        Row(
            description: "not answered, the channel has not spoken yet", reported: [.failed], file: .archived(.expired),
            at: 1009, verdict: .wait),
        Row(
            description: "not answered, file gone, the channel has not spoken yet", reported: [.failed], at: 1009,
            verdict: .wait),
        Row(
            description: "not answered, noted as claimed, the channel has not spoken yet", state: .claimed,
            reported: [.failed], at: 1009, verdict: .wait),
        Row(
            description: "not answered after long ringing, the channel has not spoken yet", reported: [.failed],
            reportAt: 1050, file: .archived(.expired), at: 1059, verdict: .wait),
        Row(
            description: "not answered, the channel spoke as well", reported: [.failed, .handler],
            file: .archived(.expired), at: 1001, verdict: .close(.localNoReport)),
        Row(
            description: "not answered twice, the second channel has not spoken yet",
            reported: [.failed, .handler, .failed], file: .archived(.expired), at: 1009, verdict: .wait),
        Row(
            description: "no channel, archived", reported: [.failed], file: .archived(.expired), at: 1010,
            verdict: .close(.localNoReport)),
        Row(
            description: "no channel, by another clock, which was ahead", reported: [.failed], reportAt: 4600,
            file: .archived(.expired), at: 1001, verdict: .close(.localNoReport)),
        Row(description: "unusable file", file: .archived(.failed), at: 1001, verdict: .close(.localCallFile)),
        Row(description: "archived Expired, report on its way", file: .archived(.expired), at: 1009, verdict: .wait),
        Row(
            description: "archived Expired, no report", file: .archived(.expired), at: 1010,
            verdict: .close(.localNoReport)),
        Row(
            description: "archived Completed, no report", file: .archived(.completed), at: 1010,
            verdict: .close(.localGate)),
        Row(description: "archived, status not yet written", file: .archived(.none), at: 1001, verdict: .wait),
        Row(
            description: "archived, status never written", file: .archived(.none), at: 1010,
            verdict: .close(.localNoReport)),
        Row(description: "in outgoing, fresh", file: .outgoing(touched: false), at: 1001, verdict: .wait),
        Row(description: "in outgoing, ringing", file: .outgoing(touched: true), at: 1159, verdict: .wait),
        Row(description: "never picked up", file: .outgoing(touched: false), at: 1160, verdict: .close(.localDown)),
        Row(
            description: "picked up late, and ringing", file: .outgoing(touched: true), dialled: 1100, at: 1259,
            verdict: .wait),
        Row(
            description: "picked up late, all ringing over", file: .outgoing(touched: true), dialled: 1100, at: 1260,
            verdict: .close(.localLost)),
        Row(
            description: "dialled in the same second", file: .outgoing(touched: true), dialled: 999, at: 1159,
            verdict: .wait),
        Row(
            description: "dialled in the same second, all ringing over", file: .outgoing(touched: true), dialled: 999,
            at: 1160, verdict: .close(.localLost)),
        Row(
            description: "dialled by another clock, which was ahead", file: .outgoing(touched: true), dialled: 4600,
            at: 1500, verdict: .wait),
        Row(
            description: "dialled by another clock, which was behind", file: .outgoing(touched: true), dialled: 500,
            at: 1320, verdict: .close(.localLost)),
        Row(description: "held for ever", file: .outgoing(touched: true), at: 1160, verdict: .close(.localLost)),
        Row(description: "nothing anywhere, just published", at: 1009, verdict: .wait),
        Row(description: "nothing anywhere", at: 1010, verdict: .close(.localLost)),
        Row(description: "claimed, never published", state: .claimed, at: 1000, verdict: .close(.localPublish)),
        Row(
            description: "claimed, published, not noted", state: .claimed, file: .outgoing(touched: false), at: 1000,
            verdict: .wait),
        Row(
            description: "cancelled before the gate", file: .outgoing(touched: true), cancelled: true, at: 1001,
            verdict: .close(.userCancelled)),
        Row(description: "cancelled after the gate", marker: call(), cancelled: true, at: 1001, verdict: .hangUp),
        Row(
            description: "cancelled after the gate, Asterisk gone", marker: call(alive: false), cancelled: true,
            at: 1001,
            verdict: .unknown),
        Row(
            description: "cancelled after the gate, reported", marker: call(), reported: [.handler], cancelled: true,
            at: 1001, verdict: .settle),
        Row(
            description: "cancelled and closed, still ringing", marker: .closed, file: .outgoing(touched: true),
            cancelled: true, at: 1159, verdict: .hangUp),
        Row(
            description: "cancelled and closed, rings a second time", marker: .closed, reported: [.handler],
            file: .outgoing(touched: true), dialled: 1030, cancelled: true, at: 1040, verdict: .hangUp),
        Row(
            description: "cancelled and closed, between two dials", marker: .closed, reported: [.handler],
            reportAt: 1035,
            file: .outgoing(touched: true), dialled: 1030, cancelled: true, at: 1040,
            verdict: .untransmitted(.userCancelled)),
        Row(
            description: "cancelled and closed, all ringing over", marker: .closed, file: .outgoing(touched: true),
            cancelled: true, at: 1160, verdict: .untransmitted(.userCancelled)),
        Row(
            description: "cancelled and closed, never picked up", marker: .closed, file: .outgoing(touched: false),
            cancelled: true, at: 1001, verdict: .untransmitted(.userCancelled)),
        Row(
            description: "cancelled and closed, the phone was hung up", marker: .closed, reported: [.handler],
            file: .archived(.expired), cancelled: true, at: 1001, verdict: .untransmitted(.userCancelled)),
    ]

    @Test("each row of the table gives its verdict", arguments: rows)
    func table(row: Row) throws {
        let reports = try row.reported.map { origin in
            CallReport(
                origin: origin, attempt: AttemptID(job: 1, sequence: 1, random: 1),
                uniqueid: try #require(ChannelID(row.reportID)), channel: "PJSIP/x-1",
                at: UnixTime(seconds: row.reportAt))
        }
        let evidence = Evidence(
            state: row.state, claimed: Self.published, published: row.state == .claimed ? nil : Self.published,
            longestCall: 200, marker: row.marker, reports: reports, file: row.file,
            dialled: row.dialled.map(UnixTime.init(seconds:)), cancelRequested: row.cancelled)
        let verdict = evidence.verdict(now: UnixTime(seconds: row.at), patience: Self.patience)
        let expected: Verdict =
            switch row.verdict {
            case .wait: .wait
            case .started: .started
            case .hangUp: .hangUp
            case .settle: .settle(reports[0])
            case .close(let cause): .close(cause)
            case .untransmitted(let cause): .settleUntransmitted(cause)
            case .unknown: .unknown
            }
        #expect(verdict == expected)
    }
}
