import FaxModel
import FaxScheduler
import FaxStore
import SpoolFiles
import Synchronization
import Testing

/// A date that jumps while calls are out.
@Suite struct ClockJumpTests {
    let start = UnixTime(seconds: 1_700_000_000)

    private final class SteadyClock: Sendable {
        let milliseconds = Mutex<Int64>(1_000_000)
        func advance(_ seconds: Int64) { milliseconds.withLock { $0 += seconds * 1000 } }
        /// Seconds after the beginning.
        func set(_ seconds: Int64) { milliseconds.withLock { $0 = 1_000_000 + seconds * 1000 } }
        @Sendable func read() -> SteadyTime? { SteadyTime(boot: "b", milliseconds: milliseconds.withLock { $0 }) }
    }

    @Test(
        "a clock that is set back or forward an hour moves the plan along and ends nothing", arguments: [-3600, 3600])
    func clock(jump: Int64) throws {
        let steady = SteadyClock()
        try withSite(SpoolSite(steady: steady.read)) { site in
            let busy = try site.submit("5550001")
            let talking = try site.submit("5550002")
            try site.pass(start)
            let calls = try site.store.openCalls()
            let busyCall = try #require(calls.first { $0.job.id == busy.id })
            let talk = try #require(calls.first { $0.job.id == talking.id })
            try site.report(busyCall.id, call: "1.1", at: start, cause: 17, tech: "SIP 486 Busy Here")
            try site.archive(busyCall.id, "Expired")
            try site.answer(talk.id, call: "2.2", at: start)
            steady.advance(10)
            try site.pass(start.adding(seconds: 10))
            // Ten seconds later, by another clock.
            steady.advance(10)
            let now = start.adding(seconds: 20 + jump)
            let told = try #require(try site.scheduler.runOnce(now: { now }))
            #expect(told.problems.count == 1)
            #expect(try site.store.job(busy.id)?.due == start.adding(seconds: 190 + jump))
            #expect(try site.store.job(talking.id)?.state == .sending)
            steady.advance(170)
            try site.pass(now.adding(seconds: 170))
            #expect(try site.store.job(busy.id)?.state == .calling)
            // The longest call is over, and a minute: by the clock that shows it now.
            steady.advance(90)
            try site.pass(now.adding(seconds: 260))
            #expect(try site.store.job(talking.id)?.state == .unknown)
        }
    }

    @Test("a clock set back a few seconds doesn't make a call that has just begun look as old as the last jump")
    func smallStep() throws {
        let steady = SteadyClock()
        try withSite(SpoolSite(steady: steady.read)) { site in
            try site.pass(start)
            // Two hours back; then nobody looks for two hours, at the end of which Asterisk begins to dial.
            steady.set(10)
            let back = start.adding(seconds: 10 - 7200)
            let job = try site.submit("5550001", at: back)
            try site.pass(back)
            let id = try site.openAttempt()
            steady.set(7210)
            try site.pickUp(id, at: back.adding(seconds: 7200))
            steady.set(7211)
            try site.pass(back.adding(seconds: 7201 - 8))
            #expect(try site.store.job(job.id)?.state == .calling)
        }
    }

    @Test(
        "a call that began before the clock was set, and was seen after it, is over when its own time is over",
        arguments: [-3600, 3600] as [Int64])
    func begunBefore(jump: Int64) throws {
        let steady = SteadyClock()
        try withSite(SpoolSite(steady: steady.read)) { site in
            let job = try site.submit("5550001")
            try site.pass(start)
            let id = try site.openAttempt()
            try site.pickUp(id, at: start.adding(seconds: 1))
            try site.answer(id, call: "1.1", at: start.adding(seconds: 5))
            // 200 s of a call and 60 of patience, from the fifth on.
            for (seconds, state) in [(20, JobState.sending), (264, .sending), (265, .unknown)] as [(Int64, JobState)] {
                steady.set(seconds)
                try site.pass(start.adding(seconds: seconds + jump))
                #expect(try site.store.job(job.id)?.state == state)
            }
        }
    }

    @Test(
        "a call that rings while the clock is set keeps all of its ringing, and no more",
        arguments: [-3600, 3600] as [Int64])
    func ringsMeanwhile(jump: Int64) throws {
        let steady = SteadyClock()
        try withSite(SpoolSite(steady: steady.read)) { site in
            let job = try site.submit("5550001")
            try site.pass(start)
            try site.pickUp(site.openAttempt(), at: start.adding(seconds: 50))
            for (seconds, state) in [(60, JobState.calling), (169, .calling), (170, .queued)] as [(Int64, JobState)] {
                steady.set(seconds)
                try site.pass(start.adding(seconds: seconds + jump))
                #expect(try site.store.job(job.id)?.state == state)
            }
        }
    }

    /// Both clocks can have shown the moment that Asterisk noted.
    @Test(
        "a call that Asterisk began when nobody looked, an hour late, goes on though the clock was set forward an hour since"
    )
    func begunAnHourLate() throws {
        let steady = SteadyClock()
        try withSite(SpoolSite(steady: steady.read)) { site in
            let jobs = try ["5550001", "5550002"].map { try site.submit($0) }
            try site.pass(start)
            let calls = try site.store.openCalls()
            for call in calls { try site.pickUp(call.id, at: start.adding(seconds: 3600)) }
            let answered = try #require(calls.first { $0.parts[0].job.id == jobs[1].id })
            try site.answer(answered.id, call: "1.1", at: start.adding(seconds: 3604))
            steady.set(3605)
            try site.pass(start.adding(seconds: 3605 + 3600))
            #expect(try jobs.map { try site.store.job($0.id)?.state } == [.calling, .sending])
        }
    }

    @Test("a report whose moment is still to come was written by another clock, and is believed at once")
    func reportFromTheFuture() throws {
        let steady = SteadyClock()
        try withSite(SpoolSite(steady: steady.read)) { site in
            let job = try site.submit("5550001")
            try site.pass(start)
            let id = try site.openAttempt()
            try site.answer(id, call: "1.1", at: start.adding(seconds: 5))
            try site.report(id, call: "1.1", at: start.adding(seconds: 30), status: "SUCCESS", pages: 2)
            steady.set(40)
            try site.pass(start.adding(seconds: 40 - 3600))
            #expect(try site.store.job(job.id)?.state == .delivered)
        }
    }
}
