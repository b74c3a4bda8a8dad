import FaxModel
import FaxStore
import GRDB
import Testing

/// A date that jumps, and what of the plan goes with it.
@Suite struct ClockTests {
    let now = UnixTime(seconds: 1_700_000_000)
    private func random() -> UInt32 { UInt32.random(in: .min ... .max) }

    private func outcome(_ cause: Cause) -> CallOutcome {
        CallOutcome(delivered: false, cause: cause, pagesConfirmed: 0, answered: false, detail: "")
    }

    /// Sets the clock at the moment that it showed as `old`.
    private func shift(_ store: SQLiteJobStore, by seconds: Int64, at old: UnixTime, _ note: String = "") throws {
        try store.shiftClock(by: seconds, now: old.adding(seconds: seconds), noting: "clock", note)
    }

    @Test("when the clock jumps, what a program planned moves along; what a person named stays, and ends no earlier")
    func jumps() throws {
        try withStore { store, _ in
            let jobs = try store.submit(["1", "2", "3"], at: now)
            let call = try #require(try store.claim(now: now, lines: 1, random: random).first)
            try store.settle(call.id, outcome(.dialBusy), .retry(at: now.adding(seconds: 180)), now: now)
            let named = now.adding(seconds: 600)
            _ = try store.alter(jobs[2].id, JobChange(due: named), now: now)
            try shift(store, by: -3600, at: now, "set back")
            #expect(try store.fact("clock") == "set back")
            #expect(try store.job(jobs[0].id)?.due == now.adding(seconds: 180 - 3600))
            // One that was to go at once isn't held up either.
            #expect(try store.job(jobs[1].id)?.due == now.adding(seconds: -3600))
            #expect(try store.job(jobs[1].id)?.deadline == now)
            #expect(try store.job(jobs[2].id)?.due == named)
            #expect(try store.job(jobs[2].id)?.deadline == now.adding(seconds: 3600), "it would end before it begins")
            try shift(store, by: 3600, at: now.adding(seconds: -3600), "set forward")
            #expect(try store.job(jobs[1].id)?.due == now)
            #expect(try store.job(jobs[1].id)?.deadline == now.adding(seconds: 3600), "nothing is left of it")
            #expect(try store.job(jobs[2].id)?.due == named)
            #expect(try store.job(jobs[2].id)?.deadline == now.adding(seconds: 7200))
        }
    }

    @Test("a pause after a call of our own side's failing moves along as well, whatever moment was named before")
    func afterFailure() throws {
        try withStore { store, _ in
            let job = try store.submit(["1"], at: now)[0]
            _ = try store.alter(job.id, JobChange(due: now.adding(seconds: 5)), now: now)
            let later = now.adding(seconds: 5)
            let call = try #require(try store.claim(now: later, lines: 1, random: random).first)
            try store.settle(call.id, outcome(.localLost), .again(at: now.adding(seconds: 15)), now: later)
            try shift(store, by: -3600, at: later)
            #expect(try store.job(job.id)?.due == now.adding(seconds: 15 - 3600))
        }
    }

    @Test("what is put off until its window opens waits for that by the clock on the wall")
    func window() throws {
        try withStore { store, _ in
            let job = try store.submit(["1"], at: now)[0]
            let opens = now.adding(seconds: 1200)
            let rules = ClaimRules(trunks: [TrunkLines(try TrunkName(parsing: "trunk"), lines: 1)])
            #expect(try store.claim(rules, now: now, random: random, permission: { _ in .later(opens) }).isEmpty)
            try shift(store, by: -3600, at: now)
            #expect(try store.job(job.id)?.due == opens)
        }
    }

    @Test(
        "what is submitted after the jump and before the pass that sees it is by the new clock already",
        arguments: [-3600, 3600] as [Int64])
    func submittedSince(jump: Int64) throws {
        try withStore { store, _ in
            let old = try store.submit(["1"], at: now)[0]
            let new = try store.submit(["2"], document: "/d/2.tiff", at: now.adding(seconds: 20 + jump))[0]
            try shift(store, by: jump, at: now.adding(seconds: 40))
            #expect(try store.job(old.id)?.due == old.due.adding(seconds: jump))
            #expect(try store.job(old.id)?.deadline == old.deadline.adding(seconds: jump))
            #expect(try store.job(new.id)?.due == new.due)
            #expect(try store.job(new.id)?.deadline == new.deadline)
            let claimed = try store.claim(now: now.adding(seconds: 40 + jump), lines: 2, random: random)
            #expect(claimed.map(\.job.id) == [old.id, new.id])
        }
    }

    @Test("of what an older version left waiting, a later first moment was named by a person, a pause was not")
    func upgrade() throws {
        try withStore { store, database in
            let jobs = try store.submit(["1", "2", "3"], at: now)
            try database.connections.write { db in
                try db.execute(sql: "ALTER TABLE job DROP COLUMN due_named")
                try db.execute(sql: "DELETE FROM grdb_migrations WHERE identifier = '4 queue'")
                try db.execute(
                    sql: "UPDATE job SET due_at = due_at + 600000 WHERE id IN (?, ?)",
                    arguments: [jobs[0].id, jobs[1].id])
                try db.execute(
                    sql: """
                        INSERT INTO attempt (id, job_id, sequence, state, first_page, pages, claimed_at, settled_at,
                            longest_call) VALUES (?, ?, 1, 'settled', 0, 3, 1, 2, 200)
                        """, arguments: [AttemptID(job: jobs[1].id, sequence: 1, random: 1).text, jobs[1].id])
            }
            let again = SQLiteJobStore(try StoreDatabase(path: database.connections.path))
            try shift(again, by: 3600, at: now)
            let moved = try jobs.map { try again.job($0.id)?.due.seconds(since: now) }
            #expect(moved == [600, 4200, 3600])
        }
    }
}
