import FaxModel
import FaxScheduler
import FaxStore
import Foundation
import SpoolFiles
import Testing

/// Passes over real directories and a real store, with the files that Asterisk and fax-agi would leave.
@Suite struct SchedulerTests {
    let start = UnixTime(seconds: 1_700_000_000)

    @Test("a fax goes from queued to delivered, and nothing is left behind but its marker")
    func delivered() throws {
        try withSite { site in
            let job = try site.submit("5550001")
            try site.pass(start)
            let id = try site.openAttempt()
            #expect(site.callFile(id).contains("Set: FAXATTEMPT=\(id)\n"))
            #expect(site.callFile(id).contains("Extension: 5550001\n"))
            try site.answer(id, call: "1.1", at: start.adding(seconds: 2))
            try site.pass(start.adding(seconds: 3))
            #expect(try site.store.job(job.id)?.state == .sending)
            try site.report(id, call: "1.1", at: start.adding(seconds: 30), status: "SUCCESS", pages: 2)
            try site.archive(id, "Completed")
            try site.pass(start.adding(seconds: 31))
            let after = try #require(try site.store.job(job.id))
            #expect(after.state == .delivered)
            #expect(after.pagesDone == 2)
            let attempt = try #require(try site.store.attempts(of: job.id).first)
            #expect(attempt.lineSeconds == 28)
            #expect(try DurableFile.list(site.layout.results).isEmpty)
            #expect(try DurableFile.list(site.layout.attempts).isEmpty)
            #expect(try DurableFile.list(site.done).isEmpty)
            #expect(try DurableFile.list(site.layout.started) == [id.text])
        }
    }

    @Test("busy waits, then another attempt with an id of its own goes out")
    func busy() throws {
        try withSite { site in
            let job = try site.submit("5550001")
            try site.pass(start)
            let id = try site.openAttempt()
            try site.report(id, call: "1.1", at: start, cause: 17, tech: "SIP 486 Busy Here")
            try site.archive(id, "Expired")
            try site.pass(start.adding(seconds: 1))
            let waiting = try #require(try site.store.job(job.id))
            #expect(waiting.state == .waiting)
            #expect(waiting.cause == .dialBusy)
            #expect(waiting.dials == 1)
            #expect(waiting.tries == 0)
            try site.pass(start.adding(seconds: 180))
            #expect(try DurableFile.list(site.outgoing).isEmpty)
            try site.pass(waiting.due)
            #expect(try site.openAttempt() != id)
        }
    }

    @Test("a closed gate keeps a late call from transmitting, and the fax goes out again at most three times")
    func lost() throws {
        try withSite { site in
            let job = try site.submit("5550001")
            var now = start
            for round in 1...3 {
                try site.pass(now)
                let id = try site.openAttempt()
                try site.vanish(id)
                now = now.adding(seconds: 11)
                try site.pass(now)
                let call = try ChannelID(parsing: "9.\(round)")
                let late = StartMarker(holder: .call, attempt: id, at: now, uniqueid: call)
                #expect(try !Gate(site.layout).take(late))
                now = now.adding(seconds: 20)
            }
            let after = try #require(try site.store.job(job.id))
            #expect(after.state == .failed)
            #expect(after.cause == .localLost)
            #expect(after.dials == 0)
        }
    }

    @Test("Asterisk gone in mid-call is unknown; its call file is taken back and a late report is believed")
    func unknown() throws {
        try withSite { site in
            let job = try site.submit("5550001")
            try site.pass(start)
            let id = try site.openAttempt()
            let gone = ProcessIdentity(pid: 999_999, startTicks: 1, bootID: "none")
            try site.answer(id, call: "1.1", at: start, asterisk: gone)
            try site.pass(start.adding(seconds: 5))
            #expect(try site.store.job(job.id)?.state == .unknown)
            #expect(try DurableFile.list(site.outgoing).isEmpty)
            try site.pass(start.adding(seconds: 5000))
            #expect(try site.store.openCalls().isEmpty)
            try site.report(id, call: "1.1", at: start.adding(seconds: 30), status: "SUCCESS", pages: 2)
            try site.pass(start.adding(seconds: 5001))
            #expect(try site.store.job(job.id)?.state == .delivered)
        }
    }

    @Test("a cancelled fax that started and never reported is unknown, not cancelled")
    func cancelledUnknown() throws {
        try withSite { site in
            let job = try site.submit("5550001")
            try site.pass(start)
            let id = try site.openAttempt()
            let gone = ProcessIdentity(pid: 999_999, startTicks: 1, bootID: "none")
            try site.answer(id, call: "1.1", at: start, asterisk: gone)
            _ = try site.store.cancel(job.id, now: start)
            try site.pass(start.adding(seconds: 5))
            #expect(try site.store.job(job.id)?.state == .unknown)
            try site.report(id, call: "1.1", at: start.adding(seconds: 30), status: "SUCCESS", pages: 2)
            try site.pass(start.adding(seconds: 40))
            #expect(try site.store.job(job.id)?.state == .delivered)
        }
    }

    @Test("what can't be looked at or removed is told, and holds up no other fax")
    func oneBadAttempt() throws {
        try withSite { site in
            _ = try site.submit("5550001")
            try site.pass(start)
            let bad = try site.openAttempt()
            let other = try site.submit("5550002")
            // A directory in the place of the call file, and one where a settled attempt's TIFF was.
            try site.vanish(bad)
            try FileManager.default.createDirectory(
                atPath: site.outgoing + "/callfax-\(bad).call", withIntermediateDirectories: false)
            let foreign = site.layout.attempts + "/9-9-00000009.tiff"
            try FileManager.default.createDirectory(atPath: foreign, withIntermediateDirectories: false)
            let report = try #require(try site.scheduler.runOnce(now: { start }))
            #expect(report.problems.first?.contains("attempt \(bad)") == true)
            #expect(report.problems.count == 1)
            let left = try site.scheduler.tidy()
            #expect(left.count == 1)
            #expect(left.first?.contains(foreign) == true)
            #expect(try site.store.job(other.id)?.state == .calling)
            #expect(try site.openAttempt() != bad)
        }
    }

    @Test("a call that ended in the middle without a result is unknown, and stays it")
    func startedAndSilent() throws {
        try withSite { site in
            let job = try site.submit("5550001")
            try site.pass(start)
            let id = try site.openAttempt()
            try site.answer(id, call: "1.1", at: start)
            try site.report(id, call: "1.1", at: start.adding(seconds: 9), status: "STARTED", cause: 16)
            try site.archive(id, "Completed")
            for seconds: Int64 in [10, 11, 5000] {
                try site.pass(start.adding(seconds: seconds))
                #expect(try site.store.job(job.id)?.state == .unknown)
            }
            #expect(try site.store.attempts(of: job.id).count == 1)
        }
    }

    @Test("a second call for the same attempt settles nothing, whatever it reports")
    func secondCall() throws {
        try withSite { site in
            let job = try site.submit("5550001")
            try site.pass(start)
            let id = try site.openAttempt()
            try site.answer(id, call: "1.1", at: start)
            try site.report(id, call: "2.2", at: start.adding(seconds: 9), status: "SUCCESS", pages: 2)
            try site.archive(id, "Completed")
            try site.pass(start.adding(seconds: 10))
            #expect(try site.store.job(job.id)?.state == .sending)
        }
    }

    @Test("cancelling before the gate takes the call file back; after it, the call goes on and nothing follows")
    func cancel() throws {
        try withSite { site in
            let job = try site.submit("5550001")
            try site.pass(start)
            _ = try site.store.cancel(job.id, now: start)
            try site.pass(start.adding(seconds: 1))
            #expect(try site.store.job(job.id)?.state == .cancelled)
            #expect(try DurableFile.list(site.outgoing).isEmpty)

            let other = try site.submit("5550002")
            try site.pass(start)
            let id = try site.openAttempt()
            try site.answer(id, call: "1.1", at: start)
            _ = try site.store.cancel(other.id, now: start)
            try site.report(
                id, call: "1.1", at: start, status: "FAILED", pages: 1, text: "The call dropped prematurely")
            try site.archive(id, "Completed")
            try site.pass(start.adding(seconds: 1))
            let after = try #require(try site.store.job(other.id))
            #expect(after.state == .cancelled)
            #expect(after.pagesDone == 1)
        }
    }

    @Test("a spool that can't be written costs time only, and is believed again when it can")
    func unwritable() throws {
        try withSite { site in
            let job = try site.submit("5550001")
            try FileManager.default.removeItem(atPath: site.staging)
            var now = start
            for _ in 0..<6 {
                try site.pass(now)
                now = now.adding(seconds: 60)
            }
            let held = try #require(try site.store.job(job.id))
            #expect(held.state == .queued)
            #expect(held.cause == .localPublish)
            #expect(held.dials == 0)
            try FileManager.default.createDirectory(atPath: site.staging, withIntermediateDirectories: false)
            try site.pass(now)
            #expect(try DurableFile.list(site.outgoing).count == 1)
            // Nor does it count among the calls that got lost.
            try site.vanish(site.openAttempt())
            try site.pass(now.adding(seconds: 11))
            #expect(try site.store.job(job.id)?.state == .queued)
            #expect(try site.store.job(job.id)?.cause == .localLost)
        }
    }

    @Test("a report that is just being written is nobody's leftover")
    func tidyLeavesUnfinishedAlone() throws {
        try withSite { site in
            let unfinished = site.layout.results + "/.tmp-1-1-00000001.1.1.json-77-1"
            try Data("{".utf8).write(to: URL(fileURLWithPath: unfinished))
            try site.pass(start)
            #expect(DurableFile.exists(unfinished))
            try site.scheduler.removeLeftovers(now: Clock.now().adding(seconds: 2 * 86_400), keepDays: 30)
            #expect(!DurableFile.exists(unfinished))
        }
    }

    @Test("whoever finds the lock taken has its wish seen by the holder")
    func lock() throws {
        try withSite { site in
            guard let held = try PassLock.take(site.layout.schedulerLock) else {
                Issue.record("nobody else has the lock, yet it can't be taken")
                return
            }
            #expect(try site.scheduler.runOnce(now: { start }) == nil)
            #expect(DurableFile.exists(site.layout.schedulerWake))
            _ = consume held
            #expect(try site.scheduler.runOnce(now: { start }) != nil)
            #expect(!DurableFile.exists(site.layout.schedulerWake))
        }
    }
}
