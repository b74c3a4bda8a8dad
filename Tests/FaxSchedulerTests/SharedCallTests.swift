import FaxModel
import FaxScheduler
import FaxStore
import Foundation
import SpoolFiles
import Synchronization
import Testing

/// Several faxes in one call, and people who change their mind.
@Suite struct SharedCallTests {
    let start = UnixTime(seconds: 1_700_000_000)

    @Test("one call file carries three faxes; where it breaks, each has its own result and the rest goes again")
    func shared() throws {
        try withSite(SpoolSite(faxesInACall: 16)) { site in
            let jobs = try (0..<3).map { _ in try site.submit("5550001") }
            try site.pass(start)
            #expect(try DurableFile.list(site.outgoing).count == 1)
            let id = try site.openAttempt()
            #expect(site.callFile(id).contains("Set: FAXPAGETOTAL=6\n"))
            try site.answer(id, call: "1.1", at: start)
            try site.report(
                id, call: "1.1", at: start.adding(seconds: 30), status: "FAILED", pages: 3,
                text: "The call dropped prematurely")
            try site.archive(id, "Completed")
            try site.pass(start.adding(seconds: 31))
            let after = try jobs.map { try #require(try site.store.job($0.id)) }
            #expect(after.map(\.pagesDone) == [2, 1, 0])
            #expect(after.map(\.tries) == [1, 1, 0])
            #expect(after.map(\.dials) == [1, 1, 0])
            #expect(after[0].state == .delivered && after[1].state == .waiting)
            #expect(after[1].cause == .pageDropped)
            // The one that was not reached goes again at once, and takes the other along as soon as that is due.
            let again = try #require(try site.store.openCalls().first)
            #expect(again.parts.map(\.job.id) == [jobs[2].id])
        }
    }

    @Test("a fax whose pages are gone takes none of the others along")
    func lostPages() throws {
        try withSite(SpoolSite(faxesInACall: 16)) { site in
            let jobs = try (0..<3).map { _ in try site.submit("5550001") }
            // The first one's, so that no call file can be made; and any order must do.
            try FileManager.default.removeItem(atPath: jobs[0].document)
            try site.pass(start)
            #expect(try site.store.job(jobs[0].id)?.state == .failed)
            #expect(try site.store.job(jobs[0].id)?.cause == .policyDocument)
            for job in jobs.dropFirst() {
                #expect(try site.store.job(job.id)?.state == .queued)
                #expect(try site.store.job(job.id)?.cause == .localPublish)
            }
            try site.pass(start.adding(seconds: 10))
            // What could not be put into a call file together is called for one by one.
            #expect(try site.store.openCalls().first?.parts.map(\.job.id) == [jobs[1].id])
        }
    }

    @Test("who is taken back before the gate opens goes alone; the others are dialled again at once")
    func oneTakenBack() throws {
        try withSite(SpoolSite(faxesInACall: 16)) { site in
            let jobs = try (0..<2).map { _ in try site.submit("5550001") }
            try site.pass(start)
            let first = try site.openAttempt()
            _ = try site.store.cancel(jobs[0].id, now: start)
            try site.pass(start.adding(seconds: 1))
            #expect(try site.store.job(jobs[0].id)?.state == .cancelled)
            let call = try #require(try site.store.openCalls().first)
            #expect(call.id != first)
            #expect(call.parts.map(\.job.id) == [jobs[1].id])
            #expect(call.job.dials == 0)
        }
    }

    @Test("a fax of a running call that is taken back is hung up when its turn comes; only those after it go again")
    func takenBackInMidCall() throws {
        let phone = Phone()
        try withSite(SpoolSite(faxesInACall: 16, hangUp: phone.hangUp, pagesDone: phone.progress)) { site in
            let jobs = try (0..<3).map { _ in try site.submit("5550001") }
            try site.pass(start)
            let id = try site.openAttempt()
            try site.pickUp(id)
            try site.answer(id, call: "1.1", at: start)
            _ = try site.store.cancel(jobs[1].id, now: start)
            phone.pages.withLock { $0 = 1 }
            try site.pass(start.adding(seconds: 10))
            #expect(phone.hungUp.withLock { $0.isEmpty }, "the first fax still has a page to go")
            phone.pages.withLock { $0 = 2 }
            try site.pass(start.adding(seconds: 20))
            #expect(phone.hungUp.withLock { $0 } == ["\(id) cancelled"])
            try site.report(
                id, call: "1.1", at: start.adding(seconds: 21), status: "FAILED", pages: 2,
                text: "The call dropped prematurely")
            try site.archive(id, "Completed")
            try site.pass(start.adding(seconds: 22))
            let after = try jobs.map { try #require(try site.store.job($0.id)) }
            #expect(after.map(\.state) == [.delivered, .cancelled, .calling])
            #expect(after[2].tries == 0)
        }
    }

    /// Notes whom it was asked to hang up, and tells how far a call is.
    private final class Phone: Sendable {
        let hungUp = Mutex<[String]>([])
        let pages = Mutex(0)

        @Sendable func progress(_ attempt: AttemptID) -> Int? { pages.withLock { $0 } }

        @Sendable func hangUp(_ attempt: AttemptID, _ why: String) -> Bool {
            hungUp.withLock { $0.append("\(attempt) \(why)") }
            return true
        }
    }

    @Test("cancel hangs up a call that rings and one that transmits, and waits for what they report")
    func cancelled() throws {
        let phone = Phone()
        try withSite(SpoolSite(hangUp: phone.hangUp)) { site in
            let ringing = try site.submit("5550001")
            let talking = try site.submit("5550002")
            try site.pass(start)
            let ids = try site.store.openCalls().map(\.id)
            let rings = try #require(ids.first { site.callFile($0).contains("Extension: 5550001\n") })
            let talks = try #require(ids.first { $0 != rings })
            try site.pickUp(rings)
            try site.pickUp(talks)
            try site.answer(talks, call: "2.2", at: start)
            for job in [ringing, talking] { _ = try site.store.cancel(job.id, now: start) }
            try site.pass(start.adding(seconds: 1))
            #expect(Set(phone.hungUp.withLock { $0 }) == ["\(rings) cancelled", "\(talks) cancelled"])
            #expect(try site.store.job(ringing.id)?.state == .calling, "its line is still taken")
            try site.report(rings, call: "1.1", at: start, cause: 16, tech: "SIP 487")
            try site.archive(rings, "Expired")
            try site.report(
                talks, call: "2.2", at: start, status: "FAILED", pages: 1, text: "The call dropped prematurely")
            try site.archive(talks, "Completed")
            try site.pass(start.adding(seconds: 2))
            #expect(try site.store.job(ringing.id)?.state == .cancelled)
            #expect(try site.store.job(talking.id)?.state == .cancelled)
            #expect(try site.store.job(talking.id)?.pagesDone == 1)
        }
    }

    @Test("a call through a trunk that is gone goes out by the other one at once")
    func failover() throws {
        try withSite { site in
            let job = try site.submit("5550001")
            try site.pass(start)
            let first = try #require(try site.store.openCalls().first)
            #expect(first.attempt.trunk?.text == "trunk")
            try site.report(first.id, call: "1.1", at: start, cause: 34, tech: "SIP 503 Service Unavailable")
            try site.archive(first.id, "Expired")
            try site.pass(start.adding(seconds: 1))
            let second = try #require(try site.store.openCalls().first)
            #expect(second.job.id == job.id)
            #expect(second.attempt.trunk?.text == "spare")
            #expect(site.callFile(second.id).contains("@spare\n"))
        }
    }

    @Test("a call file that Asterisk found late has all its ringing still before it")
    func foundLate() throws {
        try withSite { site in
            let job = try site.submit("5550001")
            try site.pass(start)
            let id = try site.openAttempt()
            try site.pickUp(id, at: start.adding(seconds: 119))
            try site.pass(start.adding(seconds: 130))
            #expect(try site.store.job(job.id)?.state == .calling)
            #expect(!site.callFile(id).isEmpty)
            try site.answer(id, call: "1.1", at: start.adding(seconds: 150))
            try site.pass(start.adding(seconds: 151))
            #expect(try site.store.job(job.id)?.state == .sending)
        }
    }
}
