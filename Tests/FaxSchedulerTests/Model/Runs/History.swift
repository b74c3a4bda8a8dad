import FaxModel
import FaxScheduler
import FaxStore
import Foundation
import SpoolFiles

/// One history: the machine, the model and the world between them, step by step.
final class History {
    let rules: ModelRules
    let clock = PlayedClock()
    let site: ModelSite
    let asterisk: PlayedAsterisk
    var model: QueueModel
    /// The pass that runs now.
    var pass: RunningPass?
    /// The first thing that went wrong where nothing can be thrown.
    var trouble: Divergence?
    var isDiskFull = false
    /// Until when a number's window is closed.
    var closedUntil: [String: Int64] = [:]
    var forbidden: Set<String> = []
    /// To the call file's attempt, from all attempts in it.
    var leads: [String: String] = [:]
    /// What the last comparison saw.
    private var states: [ModelJob.State] = []
    var trace = HistoryTrace()
    private(set) var stepsDone = 0

    init(_ rules: ModelRules) throws {
        self.rules = rules
        model = QueueModel(rules)
        site = try ModelSite(rules)
        asterisk = PlayedAsterisk(outgoing: site.outgoing, done: site.done, spool: site.layout, clock: clock)
        asterisk.tell = { [unowned self] in self.hear(of: $0, $1) }
        try open()
        try asterisk.start()
        model.life = asterisk.life
    }

    func remove() {
        asterisk.end()
        site.remove()
    }

    /// All of it runs on one thread, whatever the closures' types say.
    func open() throws {
        nonisolated(unsafe) unowned let history = self
        var hands = Scheduler.Hands(
            derive: { call, target, _ in try history.derive(call, to: target) },
            permission: { job, _ in history.permission(job.request.number.digits) },
            steady: { SteadyTime(boot: "one", milliseconds: history.clock.steady) })
        if rules.canHangUp { hands.hangUp = { attempt, _ in try history.asterisk.hangUp(attempt.text) } }
        try site.open(
            hands: hands, before: { try history.isAbout(to: $0) }, after: { history.did($0) })
    }

    func run(_ steps: [HistoryStep]) throws {
        for step in steps {
            stepsDone += 1
            clock.tick()
            trace.begin(stepsDone, step, at: clock.date)
            try perform(step)
            try compare()
        }
    }

    func note(_ text: String, jobs: [Int]) { trace.note(text, jobs: jobs) }

    func fail(_ text: String, jobs: Set<Int> = []) { if trouble == nil { trouble = Divergence(text, jobs: jobs) } }

    // The world

    /// Writes what Asterisk would transmit: the pages, by name.
    private func derive(_ call: OpenCall, to target: String) throws {
        try isAbout(to: .derive(call))
        if isDiskFull { throw FaxError(.cannotCreate, "\(target): no space left on device", errno: ENOSPC) }
        var lines = ""
        for part in call.parts {
            for file in [part.job.document] + [part.job.cover].compactMap(\.self) where !DurableFile.exists(file) {
                throw FaxError(.inputOutput, "\(file) is gone", errno: ENOENT)
            }
            for page in part.attempt.firstPage..<(part.attempt.firstPage + part.attempt.pages) {
                lines += "\(part.job.id) \(page)\n"
            }
        }
        try Data(lines.utf8).write(to: URL(fileURLWithPath: target))
    }

    private func permission(_ number: String) -> SendPermission {
        switch modelPermission(number) {
        case .now: .now
        case .later(let opens): .later(UnixTime(milliseconds: opens))
        case .refused: .refused(.policyNumber, "it asked for no fax")
        }
    }

    func modelPermission(_ number: String) -> QueueModel.Permission {
        if forbidden.contains(number) { return .refused("policy.number") }
        if let until = closedUntil[number], until > pass?.now ?? clock.date { return .later(until) }
        return .now
    }

    // Comparing

    func compare() throws {
        if let trouble { throw trouble }
        try expectSame(site.jobLines, model.jobLines)
        try expectSame(site.attemptLines, model.attemptLines)
        if let breach = asterisk.breach(of: rules) { throw Divergence(breach) }
        for (job, before) in zip(model.jobs, states) where before.isFinal && job.state != before {
            let mayChange = before == .unknown && [.delivered, .partial, .failed].contains(job.state)
            if !mayChange { throw Divergence("\(before) became \(job.state)", jobs: [job.id]) }
        }
        states = model.jobs.map(\.state)
    }

    private func expectSame(_ machine: String, _ model: String) throws {
        guard machine != model else { return }
        let ours = model.split(separator: "\n")
        let theirs = machine.split(separator: "\n")
        let only = { (lines: [Substring], other: [Substring]) in
            let set = Set(other)
            return lines.filter { !set.contains($0) }
        }
        let wrong = (model: only(ours, theirs), machine: only(theirs, ours))
        let jobs = (wrong.model + wrong.machine).compactMap { Int($0.prefix { $0.isNumber }) }
        throw Divergence(
            "the machine has\n  \(wrong.machine.joined(separator: "\n  "))\nthe model has\n  "
                + wrong.model.joined(separator: "\n  "), jobs: Set(jobs))
    }

    /// At the end each page that counts as sent is one that a far end confirmed, and the other way round, unless a person
    /// said so or nobody knows.
    func expectHonestEnds() throws {
        for job in model.jobs where job.cause != "user.resolved" && job.state != .unknown {
            let confirmed = asterisk.ledger.confirmedPages(of: job.id)
            if confirmed != job.pagesDone {
                throw Divergence("\(job.pagesDone) pages count as sent, and \(confirmed) arrived", jobs: [job.id])
            }
            let isWhole = confirmed == job.pages || job.cause == "outcome.last-page-unconfirmed"
            if job.state == .delivered, !isWhole {
                throw Divergence("delivered, and \(confirmed) of \(job.pages) pages arrived", jobs: [job.id])
            }
        }
    }
}
