import FaxModel
import FaxStore
import Foundation
import GRDB
import Testing

/// What every job store must do; run on SQLite on disk.
@Suite struct JobStoreTests {
    let now = UnixTime(seconds: 1_700_000_000)

    private func submit(_ store: SQLiteJobStore, to numbers: [String], document: String = "/d/1.tiff") throws -> [Job] {
        try store.submit(numbers, document: document, at: now)
    }

    private func random() -> UInt32 { UInt32.random(in: .min ... .max) }

    private func outcome(_ cause: Cause?, pages: Int, answered: Bool = true) -> CallOutcome {
        CallOutcome(
            delivered: cause == nil, cause: cause, pagesConfirmed: pages, answered: answered, detail: "as seen")
    }

    @Test("a commit is on the disk when it returns: WAL and synchronous FULL")
    func durability() throws {
        try withStore { _, database in
            let settings = try [database.setting("journal_mode"), database.setting("synchronous")]
            #expect(settings == ["wal", "2"])
        }
    }

    @Test("jobs of one submission share a group, the id of the first")
    func groups() throws {
        try withStore { store, _ in
            let jobs = try submit(store, to: ["1", "2", "3"])
            #expect(jobs.map(\.group) == Array(repeating: jobs[0].id, count: 3))
            #expect(jobs.allSatisfy { $0.state == .queued && $0.pages == 3 })
            #expect(try store.jobs(JobFilter(unfinished: true, limit: 2)).map(\.id) == [jobs[2].id, jobs[1].id])
        }
    }

    @Test("a claim never takes more lines than are free, and a number only once")
    func claims() throws {
        try withStore { store, _ in
            let jobs = try submit(store, to: ["1", "1", "2", "3"])
            let first = try store.claim(now: now, lines: 2, random: random)
            #expect(first.map(\.job.id) == [jobs[0].id, jobs[2].id])
            #expect(first.allSatisfy { $0.job.state == .calling && $0.attempt.longestCall == 200 })
            #expect(try store.claim(now: now, lines: 2, random: random).isEmpty)
            #expect(try store.claim(now: now, lines: 9, random: random).map(\.job.id) == [jobs[3].id])
        }
    }

    @Test("what is not due is not claimed, and what is too late expires")
    func times() throws {
        try withStore { store, _ in
            let job = try submit(store, to: ["1"])[0]
            #expect(try store.claim(now: now.adding(seconds: -1), lines: 1, random: random).isEmpty)
            #expect(try store.claim(now: now.adding(seconds: 3601), lines: 1, random: random).isEmpty)
            let expired = try #require(try store.job(job.id))
            #expect(expired.state == .expired)
            #expect(expired.cause == .timeExpired)
        }
    }

    @Test("a retry goes on with the first page that was not confirmed")
    func resume() throws {
        try withStore { store, _ in
            _ = try submit(store, to: ["1"])
            let first = try #require(try store.claim(now: now, lines: 1, random: random).first)
            let later = now.adding(seconds: 180)
            try store.settle(
                first.attempt.id,
                outcome(.pageDropped, pages: 2), .retry(at: later), now: now)
            #expect(try store.claim(now: now, lines: 1, random: random).isEmpty)
            let second = try #require(try store.claim(now: later, lines: 1, random: random).first)
            #expect(second.attempt.firstPage == 2)
            #expect(second.attempt.pages == 1)
            #expect(second.attempt.id != first.attempt.id)
            #expect(second.job.dials == 1)
            #expect(second.job.tries == 1)
        }
    }

    @Test("settling twice changes nothing")
    func settleTwice() throws {
        try withStore { store, _ in
            let job = try submit(store, to: ["1"])[0]
            let open = try #require(try store.claim(now: now, lines: 1, random: random).first)
            try store.markPublished([open.attempt.id], now: now)
            try store.markStarted(open.attempt.id, started: now, now: now)
            try store.settle(open.attempt.id, outcome(nil, pages: 3), .delivered, now: now)
            try store.settle(
                open.attempt.id,
                outcome(.dialBusy, pages: 0), .failed, now: now)
            let after = try #require(try store.job(job.id))
            #expect(after.state == .delivered)
            #expect(after.pagesDone == 3)
            #expect(after.dials == 1)
            #expect(try store.openCalls().isEmpty)
            #expect(try store.history(of: job.id).map(\.state) == [.queued, .calling, .sending, .delivered])
        }
    }

    @Test("a late report turns unknown into the truth, and never into another call")
    func lateReport() throws {
        try withStore { store, _ in
            let job = try submit(store, to: ["1"])[0]
            let open = try #require(try store.claim(now: now, lines: 1, random: random).first)
            try store.settle(
                open.attempt.id,
                outcome(.outcomeUnknown, pages: 0), .unknown, now: now)
            #expect(
                try store.unknownCalls(settledAfter: now.adding(seconds: -1)).map(\.id) == [open.attempt.id])
            #expect(try store.claim(now: now.adding(seconds: 999), lines: 1, random: random).isEmpty)
            try store.settle(
                open.attempt.id,
                outcome(nil, pages: 3), .delivered, now: now)
            let after = try #require(try store.job(job.id))
            #expect(after.state == .delivered)
            #expect(after.dials == 1)
            #expect(try store.unknownCalls(settledAfter: now.adding(seconds: -1)).isEmpty)
        }
    }

    @Test("a waiting job is cancelled at once, one under way is only marked")
    func cancel() throws {
        try withStore { store, _ in
            let jobs = try submit(store, to: ["1", "2"])
            _ = try store.claim(now: now, lines: 1, random: random)
            #expect(try store.cancel(jobs[1].id, now: now).state == .cancelled)
            let marked = try store.cancel(jobs[0].id, now: now)
            #expect(marked.state == .calling)
            #expect(marked.cancelRequested)
            #expect(throws: FaxError.self) { try store.cancel(99, now: now) }
        }
    }

    @Test("a cancellation that comes while an attempt is being settled is not forgotten")
    func cancelDuringSettling() throws {
        for fate in [Fate.retry(at: now), .again(at: now)] {
            try withStore { store, _ in
                let job = try submit(store, to: ["1"])[0]
                let open = try #require(try store.claim(now: now, lines: 1, random: random).first)
                _ = try store.cancel(job.id, now: now)
                try store.settle(
                    open.attempt.id,
                    outcome(.dialBusy, pages: 0, answered: false), fate,
                    now: now)
                let after = try #require(try store.job(job.id))
                #expect(after.state == .cancelled)
                #expect(after.cause == .userCancelled)
                #expect(try store.claim(now: now, lines: 1, random: random).isEmpty)
            }
        }
    }

    @Test("a job that can't be read holds up no other, and is named")
    func unreadable() throws {
        try withStore { store, database in
            let jobs = try submit(store, to: ["1", "2", "3"])
            let open = try #require(try store.claim(now: now, lines: 1, random: random).first)
            try database.connections.write { db in
                try db.execute(sql: "UPDATE job SET request = '{}' WHERE number IN ('1', '2')")
            }
            #expect(try store.openCalls().isEmpty)
            #expect(try store.unresolvedAttempts().open == [open.attempt.id])
            // The line of the unreadable attempt stays taken.
            #expect(try store.claim(now: now, lines: 1, random: random).isEmpty)
            #expect(try store.claim(now: now, lines: 2, random: random).map(\.job.id) == [jobs[2].id])
            #expect(try store.jobs(JobFilter(limit: 9)).map(\.id) == [jobs[2].id])
            #expect(try store.unreadableJobs().count == 2)
            #expect(throws: FaxError.self) { try store.job(jobs[0].id) }
            // A deadline that passes is no reason to give up either.
            _ = try store.claim(now: now.adding(seconds: 9999), lines: 9, random: random)
        }
    }

    @Test("a fresh store that many open at the same moment is made once, and all may use it")
    func openedAtOnce() async throws {
        let directory = NSTemporaryDirectory() + "callfax-store-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: directory) }
        for round in 0..<10 {
            let path = directory + "/\(round).sqlite"
            let failures = await withTaskGroup(of: String?.self) { group in
                for number in 0..<6 {
                    group.addTask {
                        await withCheckedContinuation { continuation in
                            Thread.detachNewThread {
                                do {
                                    let database = try StoreDatabase(
                                        path: path, onOneConnection: number.isMultiple(of: 2))
                                    _ = try SQLiteJobStore(database).openCalls()
                                    continuation.resume(returning: nil)
                                } catch {
                                    continuation.resume(returning: "\(error)")
                                }
                            }
                        }
                    }
                }
                return await group.reduce(into: [String]()) { if let failure = $1 { $0.append(failure) } }
            }
            #expect(failures == [])
        }
    }

    @Test("a document is in use until its last job has been over for a while")
    func documents() throws {
        try withStore { store, _ in
            let jobs = try submit(store, to: ["1", "2"])
            _ = try store.cancel(jobs[0].id, now: now)
            let paths = ["/d/1.tiff", "/d/none.tiff"]
            func inUse(_ limit: UnixTime) throws -> Set<String> {
                try store.documentsInUse(among: paths, finishedAfter: limit)
            }
            #expect(try inUse(now.adding(seconds: 99)) == ["/d/1.tiff"])
            _ = try store.cancel(jobs[1].id, now: now)
            #expect(try inUse(now.adding(seconds: -1)) == ["/d/1.tiff"])
            #expect(try inUse(now).isEmpty)
            #expect(try store.documentsInUse(among: [], finishedAfter: now).isEmpty)
        }
    }

    @Test("a store that can't be opened is one clear line")
    func unusable() {
        let error = #expect(throws: FaxError.self) { try StoreDatabase(path: "/dev/null/x.sqlite") }
        #expect(error?.code == .cannotCreate)
        #expect(error?.message.contains("\n") == false)
    }
}
