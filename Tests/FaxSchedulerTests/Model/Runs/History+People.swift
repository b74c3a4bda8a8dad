import FaxModel
import FaxStore

extension History {
    /// A fax to do something with: mostly one that is not over.
    func pick(_ choice: inout Choice) -> Int? {
        let unfinished = model.unfinished.map(\.id)
        if choice.percent(80), !unfinished.isEmpty { return choice.pick(unfinished) }
        return model.jobs.isEmpty ? nil : 1 + choice.below(model.jobs.count)
    }

    private var now: UnixTime { UnixTime(milliseconds: clock.date) }

    func cancel(_ choice: inout Choice) throws {
        guard let job = pick(&choice) else { return }
        asterisk.tally["cancelled while \(model[job].state)", default: 0] += 1
        try both("cancel \(job)", job) {
            _ = try site.store.cancel(Int64(job), now: now)
        } model: {
            model.cancel(job)
        }
    }

    func hold(_ choice: inout Choice, _ isHeld: Bool) throws {
        if let job = pick(&choice) { try hold(job, isHeld) }
    }

    func hold(_ job: Int, _ isHeld: Bool) throws {
        try both("\(isHeld ? "hold" : "release") \(job)", job) {
            _ = try site.store.hold(Int64(job), isHeld, now: now)
        } model: {
            model.hold(job, isHeld)
        }
    }

    func alter(_ choice: inout Choice) throws {
        guard let job = pick(&choice) else { return }
        var change = QueueModel.Change()
        if choice.percent(25) { change.number = choice.pick(Self.numbers) }
        if choice.percent(25) { change.due = clock.date + choice.pick([0, 60_000, 600_000, 7_200_000]) }
        if choice.percent(20) { change.deadline = clock.date + choice.pick([60_000, 900_000, 10_800_000, 86_400_000]) }
        if choice.percent(30) { change.priority = choice.pick([63, 127, 191]) }
        if choice.percent(20) { change.maxDials = 1 + choice.below(6) }
        if choice.percent(20) { change.maxTries = 1 + choice.below(4) }
        let before = model[job].number
        try both("alter \(job): \(change)", job) {
            _ = try site.store.alter(
                Int64(job),
                JobChange(
                    number: try change.number.map(FaxNumber.init(parsing:)),
                    due: change.due.map(UnixTime.init(milliseconds:)),
                    deadline: change.deadline.map(UnixTime.init(milliseconds:)), priority: change.priority,
                    maxDials: change.maxDials, maxTries: change.maxTries), now: now)
        } model: {
            model.alter(job, change)
        }
        if model[job].number != before { asterisk.ledger.forget(job) }
    }

    func resend(_ choice: inout Choice) throws {
        let over = model.jobs.filter(\.state.isFinal).map(\.id)
        guard let job = choice.percent(85) && !over.isEmpty ? choice.pick(over) : pick(&choice) else { return }
        let allPages = choice.percent(30)
        let number = choice.percent(20) ? choice.pick(Self.numbers) : nil
        let due = choice.percent(70) ? clock.date : clock.date + 300_000
        let deadline = due + rules.deadline
        let before = model.jobs.count
        try both("resend \(job)", job) {
            _ = try site.store.resend(
                Int64(job),
                Resend(
                    allPages: allPages, number: try number.map(FaxNumber.init(parsing:)),
                    due: UnixTime(milliseconds: due), deadline: UnixTime(milliseconds: deadline)), now: now)
        } model: {
            model.resend(job, allPages: allPages, number: number, due: due, deadline: deadline, now: clock.date)
        }
        if model.jobs.count > before {
            asterisk.ledger.inherit(model.jobs.count, pages: model[model.jobs.count].pagesDone)
            note("job \(model.jobs.count) is what is left of \(job)", jobs: [job, model.jobs.count])
        }
    }

    func resolve(_ choice: inout Choice) throws {
        let unknown = model.jobs.filter { $0.state == .unknown }.map(\.id)
        guard let job = choice.percent(85) && !unknown.isEmpty ? choice.pick(unknown) : pick(&choice) else { return }
        let isDelivered = choice.percent(50)
        try both("resolve \(job) as \(isDelivered ? "delivered" : "failed")", job) {
            _ = try site.store.resolve(Int64(job), delivered: isDelivered, now: now)
        } model: {
            model.resolve(job, delivered: isDelivered)
        }
    }

    /// What one refuses the other refuses too.
    private func both(_ what: String, _ job: Int, machine: () throws -> Void, model: () -> Bool) throws {
        var refusal: FaxError?
        do { try machine() } catch let error as FaxError { refusal = error }
        let isAllowed = model()
        note("\(what)\(isAllowed ? "" : ", refused")", jobs: [job])
        if isAllowed == (refusal != nil) {
            throw Divergence(
                "\(what): the machine says \(refusal?.message ?? "yes"), the model the contrary", jobs: [job])
        }
    }
}
