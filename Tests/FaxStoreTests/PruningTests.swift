import FaxModel
import FaxStore
import GRDB
import Testing

/// What is forgotten, and what never is.
@Suite struct PruningTests {
    @Test("jobs that ended long ago go with all their rows, in small steps; unfinished and unknown ones stay")
    func prune() throws {
        try withStore { store, database in
            let now = UnixTime(seconds: 1_700_000_000)
            let jobs = try store.submit(["1", "1", "2", "3"], at: now)
            let later = try store.submit(["9"], document: "/d/2.tiff", at: now)
            let calls = try store.claim(now: now, lines: 9, faxesInACall: 9, random: { UInt32.random(in: 0...9) })
            let shared = try #require(calls.first { $0.parts.count == 2 })
            let done = CallOutcome(delivered: true, cause: nil, pagesConfirmed: 3, answered: true, detail: "")
            let lost = CallOutcome(
                delivered: false, cause: .outcomeUnknown, pagesConfirmed: 0, answered: true, detail: "")
            for call in calls {
                for part in call.parts where part.job.id != later[0].id && part.job.id != jobs[1].id {
                    let isLost = part.job.id == jobs[3].id
                    try store.settle(
                        part.attempt.id, isLost ? lost : done, isLost ? .unknown : .delivered, now: now)
                }
            }
            let limit = now.adding(seconds: 1)
            #expect(try store.prune(finishedBefore: now) == 0)
            #expect(try store.prune(finishedBefore: limit, limit: 1) == 1)
            #expect(try store.prune(finishedBefore: limit) == 1)
            #expect(try store.prune(finishedBefore: limit) == 0)
            #expect(try store.jobs(JobFilter()).map(\.id) == [later[0].id, jobs[3].id, jobs[1].id])
            #expect(try store.attempts(of: jobs[1].id).count == 1)
            #expect(shared.job.id == jobs[0].id)
            let left = try database.counts("SELECT count(*) FROM document")
            #expect(left == 2)
            try store.settle(shared.parts[1].attempt.id, done, .delivered, now: now)
            // The newest event's job stays, so that the event's number is not given again.
            #expect(try store.prune(finishedBefore: limit) == 0)
            let newest = try store.lastEvent()
            _ = try store.hold(later[0].id, true, now: now)
            #expect(try store.prune(finishedBefore: limit) == 1)
            #expect(try store.lastEvent() == newest + 1)
        }
    }
}

extension StoreDatabase {
    fileprivate func counts(_ sql: String) throws -> Int {
        try connections.read { db in try Int.fetchOne(db, sql: sql) ?? 0 }
    }
}
