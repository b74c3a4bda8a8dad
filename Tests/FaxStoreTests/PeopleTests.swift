import FaxModel
import FaxStore
import Testing

/// What a person does to a job.
@Suite struct PeopleTests {
    let now = UnixTime(seconds: 1_700_000_000)
    private func random() -> UInt32 { UInt32.random(in: .min ... .max) }

    private func outcome(_ cause: Cause?, pages: Int) -> CallOutcome {
        CallOutcome(delivered: cause == nil, cause: cause, pagesConfirmed: pages, answered: true, detail: "")
    }

    @Test("number, time, deadline, priority and limits of a waiting job can be changed; its number not in mid-call")
    func alter() throws {
        try withStore { store, _ in
            let job = try store.submit(["1"], at: now)[0]
            let later = now.adding(seconds: 600)
            let changed = try store.alter(
                job.id,
                JobChange(
                    number: try FaxNumber(parsing: "2"), due: later, deadline: now.adding(seconds: 900), priority: 5,
                    maxDials: 2, maxTries: 1), now: now)
            #expect(changed.request.number.digits == "2")
            #expect([changed.due, changed.deadline] == [later, now.adding(seconds: 900)])
            #expect([changed.priority, changed.maxDials, changed.maxTries] == [5, 2, 1])
            #expect(throws: FaxError.self) {
                try store.alter(job.id, JobChange(deadline: now.adding(seconds: 1)), now: now)
            }
            #expect(try store.claim(now: now, lines: 1, random: random).isEmpty)
            let call = try #require(try store.claim(now: later, lines: 1, random: random).first)
            #expect(call.job.request.number.digits == "2")
            #expect(throws: FaxError.self) {
                try store.alter(job.id, JobChange(number: try FaxNumber(parsing: "3")), now: later)
            }
        }
    }

    @Test("another number gets all pages, and nothing that the first one's calls showed goes along")
    func elsewhere() throws {
        try withStore { store, _ in
            let job = try store.submit(["1"], at: now)[0]
            let other = try FaxNumber(parsing: "2")
            let call = try #require(try store.claim(now: now, lines: 1, random: random).first)
            var next = NextStep(fate: .retry(at: now), cause: .pageDropped)
            next.mode = CallMode(t38: false, ecm: true, rate: .r4800, resolution: .standard)
            try store.settle(
                [SettledPart(call.id, outcome(.pageDropped, pages: 2), next, dialled: true)], now: now)
            #expect(try store.job(job.id)?.pagesDone == 2)
            let altered = try store.alter(job.id, JobChange(number: other), now: now)
            #expect([altered.pagesDone, altered.dials, altered.tries, altered.pageFailures] == [0, 0, 0, 0])
            #expect(altered.ownMode == nil && altered.state == .waiting)
            let again = try #require(try store.claim(now: now, lines: 1, random: random).first)
            #expect([again.attempt.firstPage, again.attempt.pages] == [0, 3])
            try store.settle(again.id, outcome(.pageDropped, pages: 2), .partial, now: now)
            func resend(_ number: FaxNumber?) throws -> Int {
                try store.resend(
                    job.id, Resend(allPages: false, number: number, due: now, deadline: now.adding(seconds: 99)),
                    now: now
                ).pagesDone
            }
            #expect(try resend(nil) == 2)
            #expect(try resend(other) == 2)
            #expect(try resend(FaxNumber(parsing: "3")) == 0)
        }
    }

    @Test("what may have arrived can't be cancelled, and a call that is under way gets no other time")
    func refusals() throws {
        try withStore { store, _ in
            let job = try store.submit(["1"], at: now)[0]
            let call = try #require(try store.claim(now: now, lines: 1, random: random).first)
            #expect(throws: FaxError.self) {
                try store.alter(job.id, JobChange(due: now.adding(seconds: 60)), now: now)
            }
            try store.settle(call.id, outcome(.outcomeUnknown, pages: 0), .unknown, now: now)
            let refusal = #expect(throws: FaxError.self) { try store.cancel(job.id, now: now) }
            #expect(refusal?.message.contains("resolve") == true)
        }
    }

    @Test("what is left of a partial fax is sent again as a new job, with fresh limits; all of it on demand")
    func resend() throws {
        try withStore { store, _ in
            let job = try store.submit(["1"], at: now)[0]
            let again = Resend(allPages: false, due: now, deadline: now.adding(seconds: 9999))
            #expect(throws: FaxError.self) { try store.resend(job.id, again, now: now) }
            let call = try #require(try store.claim(now: now, lines: 1, random: random).first)
            try store.settle(call.id, outcome(.pageDropped, pages: 2), .partial, now: now)
            let new = try store.resend(job.id, again, now: now)
            #expect(new.id != job.id && new.group == job.group && new.document == job.document)
            #expect([new.pagesDone, new.dials, new.tries] == [2, 0, 0])
            #expect(new.deadline == now.adding(seconds: 9999))
            let rest = try #require(try store.claim(now: now, lines: 1, random: random).first)
            #expect([rest.attempt.firstPage, rest.attempt.pages] == [2, 1])
            #expect(try store.job(job.id)?.state == .partial)
            let whole = try store.resend(
                job.id, Resend(allPages: true, due: now, deadline: now.adding(seconds: 99)), now: now)
            #expect(whole.pagesDone == 0)
        }
    }

    @Test("only a person settles what is unknown, and only then it can be sent again")
    func resolve() throws {
        for delivered in [true, false] {
            try withStore { store, _ in
                let job = try store.submit(["1"], at: now)[0]
                #expect(throws: FaxError.self) { try store.resolve(job.id, delivered: delivered, now: now) }
                let call = try #require(try store.claim(now: now, lines: 1, random: random).first)
                try store.settle(call.id, outcome(.outcomeUnknown, pages: 0), .unknown, now: now)
                let again = Resend(allPages: false, due: now, deadline: now.adding(seconds: 99))
                #expect(throws: FaxError.self) { try store.resend(job.id, again, now: now) }
                let settled = try store.resolve(job.id, delivered: delivered, now: now)
                #expect(settled.state == (delivered ? .delivered : .failed))
                #expect(settled.cause == .userResolved)
                #expect(try store.resend(job.id, again, now: now).pagesDone == 0)
            }
        }
    }

    @Test("the numbers of a month hold those of the last day, and what is older counts nowhere")
    func stats() throws {
        try withStore { store, _ in
            let ends: [(days: Int64, cause: Cause?)] = [
                (31, .dialBusy), (2, nil), (2, .dialBusy), (0, nil), (0, .dialNoAnswer),
            ]
            for (index, (days, cause)) in ends.enumerated() {
                let then = now.adding(seconds: -days * 86_400 - 60)
                _ = try store.submit(["1"], document: "/d/\(index).tiff", at: then)
                let call = try #require(try store.claim(now: then, lines: 1, random: random).first)
                let fate: Fate = cause == nil ? .delivered : .failed
                try store.settle(call.id, outcome(cause, pages: cause == nil ? 3 : 0), fate, now: then)
            }
            let stats = try store.stats(now: now)
            #expect(stats.states == ["delivered": 2, "failed": 3])
            #expect([stats.day.jobs, stats.day.delivered, stats.day.pages, stats.day.calls] == [2, 1, 3, 2])
            #expect([stats.month.jobs, stats.month.delivered, stats.month.pages, stats.month.calls] == [4, 2, 6, 4])
            #expect(stats.day.causes == ["dial.no-answer": 1])
            #expect(stats.month.causes == ["dial.busy": 1, "dial.no-answer": 1])
        }
    }
}
