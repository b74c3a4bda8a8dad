import FaxModel
import Testing

/// What follows each cause.
@Suite struct RetryPolicyTests {
    static let now = UnixTime(seconds: 1_700_000_000)

    static func job(_ change: (inout Job) -> Void = { _ in }) throws -> Job {
        let request = FaxRequest(
            owner: "ann", number: try FaxNumber(parsing: "5550001"), stationID: try StationID(parsing: "Test"),
            resolution: .fine, ecm: true, t38: true, rate: .r14400, template: "fax-outbound")
        var job = Job(
            id: 1, group: 1, request: request, document: "/d.tiff", pages: 5, state: .calling, submitted: now, due: now,
            deadline: now.adding(seconds: 10_800))
        change(&job)
        return job
    }

    static func attempt(_ job: Job, trunk: String = "one") throws -> Attempt {
        Attempt(
            id: AttemptID(job: 1, sequence: 1, random: 1), job: 1, trunk: try TrunkName(parsing: trunk),
            asked: job.mode, sequence: 1, state: .started, firstPage: job.pagesDone, pages: 5 - job.pagesDone,
            claimed: now, longestCall: 300)
    }

    static func outcome(
        _ cause: Cause?, confirmed: Int = 0, answered: Bool = true, mode: String? = nil, rate: Int? = nil
    ) -> CallOutcome {
        var outcome = CallOutcome(
            delivered: cause == nil, cause: cause, pagesConfirmed: confirmed, answered: answered, detail: "")
        outcome.report = CallReport(
            origin: .handler, attempt: AttemptID(job: 1, sequence: 1, random: 1),
            uniqueid: ChannelID("1.1")!, channel: "c", at: now, rate: rate, mode: mode)
        return outcome
    }

    func next(
        _ job: Job, _ outcome: CallOutcome, policy: RetryPolicy = RetryPolicy(), trunks: [String] = ["one"],
        by trunk: String = "one"
    ) throws -> NextStep {
        policy.next(
            job, try Self.attempt(job, trunk: trunk), outcome, trunks: try trunks.map(TrunkName.init(parsing:)),
            now: Self.now)
    }

    @Test("every cause either stops or is tried again, and none shorter than its own pause", arguments: Cause.allCases)
    func everyCause(cause: Cause) throws {
        guard cause != .outcomeEndUnconfirmed, cause != .outcomeLastPage else { return }
        let answered = !["dial", "local"].contains(cause.category)
        let step = try next(try Self.job(), Self.outcome(cause, answered: answered))
        let rule = RetryStep.usual(cause)
        switch (cause, rule.delay) {
        case (.outcomeUnknown, _): #expect(step.fate == .unknown)
        case (_, nil): #expect(step.fate == .failed)
        case (_, let delay?):
            let at = Self.now.adding(seconds: delay)
            #expect(step.fate == (cause.isLocal ? .again(at: at) : .retry(at: at)))
            if rule.holdsNumber { #expect(step.numberFree == at) }
        }
    }

    @Test("a delay grows with each repeat up to its longest, and ends with its limit")
    func growth() {
        let step = RetryStep(delay: 60, growth: 2, longest: 300, limit: 5)
        #expect((1...6).map { step.delay(times: $0) } == [60, 120, 240, 300, nil, nil])
        #expect(RetryStep.stop.delay(times: 1) == nil)
        #expect(RetryStep(delay: 10).delay(times: 1_000_000) == 10)
    }

    @Test("only the same cause in a row counts towards its limit")
    func repeats() throws {
        let three = try Self.job {
            $0.cause = .dialNoAnswer
            $0.repeats = 3
        }
        #expect(try next(three, Self.outcome(.dialNoAnswer, answered: false)).fate == .failed)
        #expect(try next(three, Self.outcome(.dialBusy, answered: false)).fate.state == .waiting)
    }

    @Test("twelve dials are all, and three answered calls that bring no page; our own failures use nothing up")
    func limits() throws {
        let dialled = try Self.job { $0.dials = 11 }
        #expect(try next(dialled, Self.outcome(.dialBusy, answered: false)).fate == .failed)
        for cause in [Cause.localDown, .localPublish, .localNoTrunk] {
            #expect(try next(dialled, Self.outcome(cause, answered: false)).fate.state == .queued)
        }
        let tried = try Self.job { $0.idleTries = 2 }
        #expect(try next(tried, Self.outcome(.handshakeTrain)).fate == .failed)
        #expect(try next(tried, Self.outcome(.pageDropped, confirmed: 1)).fate.state == .waiting)
        let own = try Self.job {
            $0.maxDials = 2
            $0.dials = 1
        }
        #expect(try next(own, Self.outcome(.dialBusy, answered: false)).fate == .failed)
    }

    @Test("the same page failing three times ends the job: partial where pages had arrived")
    func samePage() throws {
        var job = try Self.job { $0.maxTries = 99 }
        let steps = [(2, JobState.waiting), (0, .waiting), (0, .partial)]
        for (confirmed, expected) in steps {
            let outcome = Self.outcome(.pageNoResponse, confirmed: confirmed)
            let step = try next(job, outcome)
            #expect(step.fate.state == expected)
            job.count(outcome, dialled: true, next: step)
        }
        #expect(job.pagesDone == 2)
        #expect(job.pageFailures == 3)
        #expect(job.tries == 3)
    }

    @Test("an uncertain last page is what the settings say", arguments: RetryPolicy.LastPage.allCases)
    func lastPage(wish: RetryPolicy.LastPage) throws {
        let step = try next(
            try Self.job(), Self.outcome(.pageNoResponse, confirmed: 4), policy: RetryPolicy(lastPage: wish))
        switch wish {
        case .resend: #expect(step.fate.state == .waiting)
        case .accept:
            #expect(step.fate == .delivered)
            #expect(step.cause == .outcomeLastPage)
        case .stop: #expect(step.fate == .partial)
        }
    }

    @Test("past the deadline there is no next call")
    func deadline() throws {
        let late = try Self.job { $0.deadline = Self.now.adding(seconds: 100) }
        #expect(try next(late, Self.outcome(.dialBusy, answered: false)).fate == .expired)
        #expect(try next(late, Self.outcome(.pageDropped, confirmed: 2)).fate == .partial)
    }

    @Test("a wish to cancel ends it, but never what may have arrived")
    func cancelled() throws {
        let job = try Self.job { $0.cancelRequested = true }
        #expect(try next(job, Self.outcome(.pageDropped, confirmed: 1)).fate == .cancelled)
        #expect(try next(job, Self.outcome(.outcomeUnknown)).fate == .unknown)
        #expect(try next(job, Self.outcome(nil, confirmed: 5)).fate == .delivered)
    }

    @Test(
        "the next call changes what failed, within what was asked for",
        arguments: [
            (Cause.t38Negotiation, CallMode(t38: false, ecm: true, rate: .r14400, resolution: .fine)),
            (.handshakeTrain, CallMode(t38: true, ecm: true, rate: .r9600, resolution: .fine)),
            (.pageECM, CallMode(t38: true, ecm: false, rate: .r14400, resolution: .fine)),
            (.handshakeResolution, CallMode(t38: true, ecm: true, rate: .r14400, resolution: .standard)),
            (.handshakeNoFax, CallMode(t38: false, ecm: true, rate: .r14400, resolution: .fine)),
            (.dialBusy, CallMode(t38: true, ecm: true, rate: .r14400, resolution: .fine)),
        ])
    func modes(cause: Cause, mode: CallMode) throws {
        let job = try Self.job()
        let step = try next(job, Self.outcome(cause, answered: cause != .dialBusy))
        #expect(step.mode == (mode == job.mode ? nil : mode))
    }

    @Test("who wants audio only never gets T.38, who wants no ECM never gets it")
    func wishes() throws {
        let job = try Self.job {
            $0.request.t38 = false
            $0.request.ecm = false
        }
        for cause in [Cause.handshakeNoFax, .pageECM, .t38Negotiation] {
            #expect(try next(job, Self.outcome(cause)).mode == nil)
        }
    }

    @Test("it is otherwise than the call that failed, which may have used what the number took last time")
    func otherwise() throws {
        let job = try Self.job()
        var attempt = try Self.attempt(job)
        attempt.asked = CallMode(t38: false, ecm: true, rate: .r9600, resolution: .fine)
        func mode(_ cause: Cause) -> CallMode? {
            RetryPolicy().next(job, attempt, Self.outcome(cause), trunks: [], now: Self.now).mode
        }
        #expect(mode(.handshakeNoFax) == CallMode(t38: true, ecm: true, rate: .r9600, resolution: .fine))
        #expect(mode(.handshakeTrain) == CallMode(t38: false, ecm: true, rate: .r4800, resolution: .fine))
        #expect(mode(.t38Negotiation) == nil, "there was none")
    }

    @Test("a call that failed on our own side counts nowhere, even one that was answered")
    func ownSide() throws {
        var job = try Self.job()
        for cause in [Cause.localEngine, .localGate, .localEngine] {
            let outcome = Self.outcome(cause, answered: cause == .localEngine)
            let step = try next(job, outcome)
            #expect(step.fate.state == (cause == .localEngine ? .waiting : .queued))
            job.count(outcome, dialled: true, next: step)
        }
        #expect([job.dials, job.tries, job.idleTries] == [0, 0, 0])
        #expect(job.repeats == 1, "only the same cause in a row")
    }

    @Test("a call in which a fax had no turn says nothing about it: causes, limits and trunks stay as they were")
    func noTurn() throws {
        var job = try Self.job {
            $0.cause = .pageDropped
            $0.repeats = 2
            $0.pageFailures = 2
        }
        job.failedTrunks = [try TrunkName(parsing: "one")]
        let before = job
        job.skip(Self.outcome(.pageDropped), dialled: false)
        #expect(job == before)
        job.skip(Self.outcome(.userCancelled, answered: false), dialled: true)
        #expect(job.dials == 1)
        #expect(job.cause == .pageDropped)
    }

    @Test("another trunk is tried at once, each but once, and then the usual pause begins")
    func trunks() throws {
        var job = try Self.job()
        let outcome = Self.outcome(.dialCongestion, answered: false)
        let first = try next(job, outcome, trunks: ["one", "two"])
        #expect(first.fate == .retry(at: Self.now))
        #expect(first.failedTrunks.map(\.text) == ["one"])
        job.count(outcome, dialled: true, next: first)
        let second = try next(job, outcome, trunks: ["one", "two"], by: "two")
        #expect(second.fate.state == .waiting)
        #expect(second.fate != .retry(at: Self.now))
        #expect(second.failedTrunks.isEmpty)
        // A route that is missing everywhere is missing.
        #expect(try next(try Self.job(), Self.outcome(.dialNoRoute, answered: false)).fate == .failed)
        #expect(
            try next(try Self.job(), Self.outcome(.dialNoRoute, answered: false), trunks: ["one", "two"]).fate
                == .retry(at: Self.now))
    }

    @Test("a number is left alone after a call, and not after a failure of our own")
    func cooldown() throws {
        let free = Self.now.adding(seconds: 10)
        #expect(try next(try Self.job(), Self.outcome(nil, confirmed: 5)).numberFree == free)
        #expect(try next(try Self.job(), Self.outcome(.localDown, answered: false)).numberFree == nil)
    }

    @Test("what a call taught is used by the next ones to that number, for a while")
    func memory() throws {
        let job = try Self.job()
        func learned(_ outcome: CallOutcome) throws -> NumberMemory? { try next(job, outcome).memory }
        #expect(try learned(Self.outcome(nil, confirmed: 5, mode: "T38", rate: 14400)) == nil)
        #expect(try learned(Self.outcome(.dialBusy, answered: false)) == nil)
        let audio = try #require(try learned(Self.outcome(nil, confirmed: 5, mode: "audio", rate: 14400)))
        #expect(audio.noT38 && audio.rate == nil)
        #expect(try learned(Self.outcome(.t38Negotiation))?.noT38 == true)
        #expect(try learned(Self.outcome(.handshakeTrain))?.rate == .r9600)
        let slow = try #require(try learned(Self.outcome(nil, confirmed: 5, mode: "T38", rate: 7200)))
        #expect(slow.rate == .r9600)
        #expect(slow.applied(to: job.mode, now: Self.now, seconds: 60).rate == .r9600)
        #expect(slow.applied(to: job.mode, now: Self.now.adding(seconds: 60), seconds: 60) == job.mode)
    }

    @Test("a call that did as the number's memory told it proves nothing anew, so the usual way is tried again one day")
    func renewal() throws {
        var followed = try Self.attempt(try Self.job())
        followed.asked?.rate = .r9600
        func learned(_ job: Job, _ outcome: CallOutcome) throws -> NumberMemory? {
            RetryPolicy().next(job, followed, outcome, trunks: [], now: Self.now).memory
        }
        let went = Self.outcome(nil, confirmed: 5, mode: "T38", rate: 9600)
        #expect(try learned(try Self.job(), went) == nil)
        #expect(try learned(try Self.job(), Self.outcome(nil, confirmed: 5, mode: "T38", rate: 4800))?.rate == .r4800)
        #expect(try learned(try Self.job(), Self.outcome(.handshakeTrain))?.rate == .r4800)
        // Where the fax's own calls showed it, it is news.
        #expect(try learned(try Self.job { $0.ownMode = followed.asked }, went)?.rate == .r9600)
    }

    @Test("a shared call's outcome is divided over its faxes: before the break, at it, after it")
    func divided() {
        let broken = Self.outcome(.pageDropped, confirmed: 4).divided(over: [3, 3, 2])
        #expect(broken.map { $0?.delivered } == [true, false, nil])
        #expect(broken.map { $0?.pagesConfirmed } == [3, 1, nil])
        #expect(broken.map { $0?.cause } == [.some(nil), .pageDropped, nil])
        let whole = Self.outcome(nil, confirmed: 8).divided(over: [3, 3, 2])
        #expect(whole.map { $0?.pagesConfirmed } == [3, 3, 2])
        #expect(whole.allSatisfy { $0?.delivered == true })
        let exact = Self.outcome(.pageDropped, confirmed: 3).divided(over: [3, 3])
        #expect(exact.map { $0?.delivered } == [true, false])
        for cause in [Cause.outcomeUnknown, .dialBusy] {
            let all = Self.outcome(cause, answered: cause == .outcomeUnknown).divided(over: [3, 3])
            #expect(all.map { $0?.cause } == [cause, cause])
        }
        var end = Self.outcome(.outcomeEndUnconfirmed, confirmed: 6)
        end.delivered = true
        #expect(end.divided(over: [3, 3]).map { $0?.cause } == [.some(nil), .outcomeEndUnconfirmed])
    }
}
