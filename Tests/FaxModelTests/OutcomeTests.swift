import FaxModel
import Testing

@Suite struct OutcomeTests {
    private func report(
        origin: CallReport.Origin = .handler, status: String? = nil, error: String? = nil, text: String? = nil,
        pages: Int? = nil, rate: Int? = nil, cause: Int? = nil, tech: String? = nil, reason: Int? = nil
    ) throws -> CallReport {
        CallReport(
            origin: origin, attempt: AttemptID(job: 1, sequence: 1, random: 1),
            uniqueid: try #require(ChannelID("1.1")),
            channel: "PJSIP/x-1", at: UnixTime(seconds: 10), faxStatus: status, faxError: error, faxStatusText: text,
            pages: pages, rate: rate, hangupCause: cause, techCause: tech, reason: reason)
    }

    @Test("success with every page is delivered, whatever FAXERROR says")
    func success() throws {
        let outcome = CallOutcome.transmitted(
            try report(status: "SUCCESS", error: "HANGUP", text: "OK", pages: 3), pages: 3)
        #expect(outcome.delivered)
        #expect(outcome.cause == nil)
    }

    @Test("success with too few pages is not delivered")
    func short() throws {
        for pages in [nil, 0, 2] {
            let outcome = CallOutcome.transmitted(try report(status: "SUCCESS", text: "OK", pages: pages), pages: 3)
            #expect(!outcome.delivered)
            #expect(outcome.cause == .pageMissing)
            #expect(outcome.pagesConfirmed == pages ?? 0)
        }
    }

    @Test("a failure with every page confirmed is delivered, its end unconfirmed")
    func endUnconfirmed() throws {
        let outcome = CallOutcome.transmitted(
            try report(status: "FAILED", text: "The call dropped prematurely", pages: 3), pages: 3)
        #expect(outcome.delivered)
        #expect(outcome.cause == .outcomeEndUnconfirmed)
    }

    @Test("a transmission that began and has no result is unknown")
    func started() throws {
        let outcome = CallOutcome.transmitted(try report(status: "STARTED", cause: 16), pages: 3)
        #expect(outcome.cause == .outcomeUnknown)
        #expect(!outcome.delivered)
    }

    @Test("every completion text of spandsp but OK has a cause")
    func texts() throws {
        #expect(T30Result.texts.count == 61)
        for text in T30Result.texts {
            let outcome = CallOutcome.transmitted(
                try report(status: "FAILED", error: text, text: text, pages: 1, rate: 9600), pages: 3)
            #expect(outcome.cause == T30Result.cause(of: text))
            #expect(!outcome.delivered)
        }
    }

    @Test(
        "a fixed code of res_fax names the cause",
        arguments: [
            ("T38_NEG_ERROR", Cause.t38Negotiation), ("INIT_ERROR", .localEngine), ("FILE_ERROR", .fileUnusable),
            ("HANGUP", .handshakeHangup), ("TIMEOUT", .handshakeNoFax),
        ])
    func codes(error: String, cause: Cause) throws {
        #expect(CallOutcome.transmitted(try report(status: "FAILED", error: error), pages: 1).cause == cause)
    }

    @Test(
        "an unanswered call's cause comes from SIP first and Q.850 second",
        arguments: [
            (17, "SIP 486 Busy Here", Cause.dialBusy), (21, "SIP 403 Forbidden", .dialRejected),
            (1, "SIP 404 Not Found", .dialUnallocated), (34, "SIP 503 Service Unavailable", .dialCongestion),
            (19, "SIP 180 Ringing", .dialNoAnswer), (19, "", .dialNoAnswer),
            (3, "", .dialNoRoute), (0, "SIP 500 Oops", .dialFailed), (0, "", .dialFailed),
            (0, "SIP 180 Ringing", .dialNoAnswer), (0, "SIP 183 Session Progress", .dialNoAnswer),
            (34, "SIP 180 Ringing", .dialCongestion), (0, "SIP 100 Trying", .dialFailed),
        ])
    func dialling(q850: Int, tech: String, cause: Cause) throws {
        let outcome = CallOutcome.untransmitted([try report(cause: q850, tech: tech)])
        #expect(outcome.cause == cause)
        #expect(!outcome.answered)
    }

    @Test("an answered call that the gate refused is our failure; one that ended before is the far end's")
    func beforeTheGate() throws {
        var ours = try report(cause: 16, tech: "SIP 200 OK")
        ours.ended = "refused"
        let refused = CallOutcome.untransmitted([ours])
        #expect(refused.cause == .localGate)
        #expect(!refused.answered)
        // The gate was taken, and its answer came too late.
        let late = CallOutcome.transmitted(ours, pages: 3)
        #expect(late.cause == .localGate && !late.answered && !late.delivered)
        let gone = CallOutcome.untransmitted([try report(cause: 16, tech: "SIP 200 OK")])
        #expect(gone.cause == .handshakeHangup)
        #expect(gone.answered)
    }

    @Test("the failed extension counts only where no channel reported")
    func failedExtension() throws {
        let failed = try report(origin: .failed, reason: 0)
        #expect(CallOutcome.untransmitted([failed]).cause == .localNoTrunk)
        let busy = try report(cause: 17, tech: "SIP 486 Busy Here")
        #expect(CallOutcome.untransmitted([busy, failed]).cause == .dialBusy)
        #expect(CallOutcome.untransmitted([]).cause == .localNoReport)
    }
}
