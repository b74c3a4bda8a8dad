import FaxModel
import FaxScheduler
import FaxStore
import SpoolFiles

/// Where a pass stands, seen from outside.
struct RunningPass {
    let now: Int64
    let steady: Int64
    /// The deed before which it dies, counted from 1.
    var killAt: Int?
    /// The deed before which the world goes on.
    var raceAt: Int?
    var race = Choice(0)
    var deeds = 0
    var isDead = false
    var hasClock = false
    var wishes: Set<Int> = []
    /// What the model says about each open call.
    var judged: [String: QueueModel.Judgement] = [:]
    var isApplied: Set<String> = []
    var late: [String] = []
    /// New calls that are neither out nor given up yet.
    var claimed: [String] = []
    /// New calls whose files have to be out.
    var published: Set<String> = []
}

/// The pass died there.
struct PassKilled: Error {}

extension History {
    /// Runs a pass, and the model beside it.
    func runPass(killAt: Int? = nil, raceAt: Int? = nil, race: Choice = Choice(0)) throws {
        let now = clock.date
        pass = RunningPass(now: now, steady: clock.steady, killAt: killAt, raceAt: raceAt, race: race)
        defer { pass = nil }
        do {
            let report = try site.scheduler?.runOnce(now: { UnixTime(milliseconds: now) })
            if report == nil { throw Divergence("nobody else runs a pass, yet none could be run") }
        } catch is PassKilled {}
        if let trouble { throw trouble }
        guard let ended = pass else { return }
        if ended.isDead { try findTraces(of: ended) } else { try publishAll() }
    }

    /// The model gets to where the machine is, then the machine may be killed or outrun.
    func isAbout(to deed: WatchedStore.Deed) throws {
        guard pass != nil else { return }
        if pass?.isDead == true { throw PassKilled() }
        pass?.deeds += 1
        switch deed {
        case .openCalls: followClock()
        case .claim: finishSweep()
        default: break
        }
        guard let pass else { return }
        if pass.deeds == pass.killAt {
            self.pass?.isDead = true
            trace.note("killed before \(Self.name(deed))", jobs: [])
            throw PassKilled()
        }
        if pass.deeds == pass.raceAt {
            trace.note("meanwhile, before \(Self.name(deed)):", jobs: [])
            do { try meanwhile() } catch let error as Divergence { fail(error.text, jobs: error.jobs) }
        }
    }

    static func name(_ deed: WatchedStore.Deed) -> String { String("\(deed)".prefix { $0 != "(" }) }

    /// What the machine did, the model does; what it should not have done is a divergence.
    func did(_ deed: WatchedStore.Deed) {
        guard let pass else { return }
        switch deed {
        case .fact, .derive: break
        case .setFact, .shiftClock: followClock()
        case .openCalls: self.pass?.wishes = model.wishes
        case .unknownCalls:
            for call in model.openCalls {
                self.pass?.judged[call.id] = model.judge(call, wishes: pass.wishes, now: pass.now)
            }
            self.pass?.late = model.lateReports(now: pass.now)
        case .markPublished(let ids):
            for id in ids.map(\.text) {
                if pass.claimed.contains(id) { publish(id) } else { apply(id, as: "published") { $0 == .wait } }
            }
        case .markStarted(let id): noteStart(id.text)
        case .settle(let ids): settled(ids.map(\.text))
        case .claim(let calls): claimed(calls)
        }
    }

    private func followClock() {
        guard let pass, !pass.hasClock else { return }
        self.pass?.hasClock = true
        model.followClock(date: pass.now, steady: pass.steady)
    }

    private func apply(_ id: String, as what: String, if fits: (QueueModel.Judgement) -> Bool) {
        guard let pass, let judgement = pass.judged[id], !pass.isApplied.contains(id), fits(judgement) else {
            let jobs = model.calls[id]?.parts.map(\.job) ?? []
            let judgement = pass?.judged[id].map { "\($0)" } ?? "nothing"
            return fail("the machine noted attempt \(id) as \(what), the model says \(judgement)", jobs: Set(jobs))
        }
        note("\(id) \(what): \(judgement)", jobs: model.calls[id]?.parts.map(\.job) ?? [])
        self.pass?.isApplied.insert(id)
        model.apply(judgement, to: id, now: pass.now)
    }

    private func noteStart(_ id: String) {
        guard let pass, let call = model.calls[id], case .taken(_, let at, _) = call.gate else {
            return fail("the machine noted a start of attempt \(id), which no call began")
        }
        note("\(id) started", jobs: call.parts.map(\.job))
        model.note(started: id, since: model.beginning(of: call, gateTaken: at, now: pass.now))
    }

    private func settled(_ ids: [String]) {
        guard let pass, let lead = ids.first.flatMap({ leads[$0] }) else {
            return fail("the machine settled \(ids), which nobody knows")
        }
        if pass.claimed.contains(lead) { return publish(lead) }
        if pass.late.contains(lead) {
            note("\(lead): a late report is believed", jobs: model.unknown[lead]?.call.parts.map(\.job) ?? [])
            self.pass?.late.removeAll { $0 == lead }
            return model.believe(lateReportOf: lead)
        }
        // One call may be settled in several steps.
        if pass.isApplied.contains(lead) { return }
        apply(lead, as: "settled") { judgement in
            switch judgement {
            case .over, .close(then: .some): true
            case .wait, .running, .close(then: nil): false
            }
        }
    }

    /// All that the model wants done of the sweep is done now, whether the machine did it or not.
    private func finishSweep() {
        guard let pass else { return }
        for call in model.openCalls where !pass.isApplied.contains(call.id) {
            guard let judgement = pass.judged[call.id] else { continue }
            if judgement != .wait { note("\(call.id): \(judgement)", jobs: call.parts.map(\.job)) }
            self.pass?.isApplied.insert(call.id)
            model.apply(judgement, to: call.id, now: pass.now)
        }
        for id in pass.late { model.believe(lateReportOf: id) }
        self.pass?.late = []
    }

    private func claimed(_ calls: [OpenCall]) {
        guard let pass else { return }
        let mine = model.claim(now: pass.now) { modelPermission($0.number) }
        let theirs = calls.map { call in
            "jobs \(call.parts.map(\.job.id)) by \(call.attempt.trunk?.text ?? "") as \(call.attempt.asked.map(Self.words) ?? "")"
                + ", \(call.attempt.longestCall) s"
        }
        let wanted = mine.map { call in
            "jobs \(call.parts.map(\.job)) by \(call.trunk) as \(Self.words(call.mode)), \(call.longest / 1000) s"
        }
        guard theirs == wanted else {
            return fail(
                "the machine claimed \(theirs), the model \(wanted)",
                jobs: Set(mine.flatMap(\.parts).map(\.job) + calls.flatMap(\.parts).map { Int($0.job.id) }))
        }
        for (var call, real) in zip(mine, calls) {
            call.id = real.id.text
            for part in real.parts { leads[part.attempt.id.text] = call.id }
            model.calls[call.id] = call
            self.pass?.claimed.append(call.id)
            note("\(call.id) claimed by \(call.trunk) for \(call.parts.map(\.job))", jobs: call.parts.map(\.job))
        }
    }

    private func publish(_ id: String) {
        guard let pass else { return }
        self.pass?.claimed.removeAll { $0 == id }
        self.pass?.isApplied.insert(id)
        let jobs = model.calls[id]?.parts.map(\.job) ?? []
        model.publish(id, canWrite: !isDiskFull, now: pass.now)
        note("\(id) \(model.calls[id] == nil ? "can't be published" : "published")", jobs: jobs)
        if model.calls[id] != nil { self.pass?.published.insert(id) }
    }

    /// The pass came to its end: what it should have put into the spool is there, and nothing else; what is over isn't.
    private func publishAll() throws {
        for id in pass?.claimed ?? [] { publish(id) }
        let before = Set(asterisk.held.map(\.id))
        try asterisk.scan()
        let new = Set(asterisk.held.map(\.id)).subtracting(before)
        let wanted = pass?.published ?? []
        if new != wanted { throw Divergence("new call files are \(new.sorted()), and should be \(wanted.sorted())") }
        for call in asterisk.held where call.isOut && model.calls[call.id] == nil {
            throw Divergence(
                "attempt \(call.id) is over, and its call file still out", jobs: Set(call.pages.map(\.job)))
        }
        try checkPages(new)
    }

    /// Each new call file is what was claimed.
    private func checkPages(_ new: Set<String>) throws {
        for call in asterisk.held where new.contains(call.id) {
            guard let wanted = model.calls[call.id] else { continue }
            let pages = wanted.parts.flatMap { part in
                (part.firstPage..<(part.firstPage + part.pages)).map { PageLedger.Page(job: part.job, page: $0) }
            }
            guard call.number == wanted.number, call.trunk == wanted.trunk, call.pages == pages,
                call.timeout == wanted.longest
            else {
                throw Divergence("\(call) is not \(wanted)", jobs: Set(pages.map(\.job)))
            }
        }
    }

    /// What a pass that was killed had done already.
    private func findTraces(of dead: RunningPass) throws {
        for (id, judgement) in dead.judged where !dead.isApplied.contains(id) && model.calls[id]?.gate == .open {
            guard case .close = judgement, DurableFile.exists(site.layout.started + "/" + id) else { continue }
            note("\(id): its gate was closed", jobs: model.calls[id]?.parts.map(\.job) ?? [])
            model.learn(of: id) { $0.gate = .closed }
        }
        let before = Set(asterisk.held.map(\.id))
        let out = asterisk.held.filter(\.isOut).map(\.id)
        try asterisk.scan()
        for call in asterisk.held where !before.contains(call.id) {
            guard dead.claimed.contains(call.id) else {
                throw Divergence("attempt \(call.id) came out of nothing", jobs: Set(call.pages.map(\.job)))
            }
            note("\(call.id) is out", jobs: call.pages.map(\.job))
            model.learn(of: call.id) { $0.place = .outgoing(dialled: nil) }
        }
        let taken = Set(out).subtracting(asterisk.held.filter(\.isOut).map(\.id))
        for id in taken where model.calls[id] != nil {
            switch dead.judged[id] {
            case .over, .close(then: .some): continue
            default: throw Divergence("the call file of attempt \(id) was taken back")
            }
        }
    }

    static func words(_ mode: CallMode) -> String {
        words(ModelMode(t38: mode.t38, ecm: mode.ecm, rate: mode.rate.rawValue, lines: mode.resolution.linesPerInch))
    }

    static func words(_ mode: ModelMode) -> String {
        "\(mode.t38 ? "T.38" : "audio") \(mode.ecm ? "ECM" : "no ECM") \(mode.rate) \(mode.lines)"
    }
}
