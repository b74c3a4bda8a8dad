import FaxModel
import FaxStore
import Testing

/// Who is called next, and by which line.
@Suite struct ClaimTests {
    let now = UnixTime(seconds: 1_700_000_000)
    private func random() -> UInt32 { UInt32.random(in: .min ... .max) }

    private func step(_ fate: Fate, _ change: (inout NextStep) -> Void = { _ in }) throws -> NextStep {
        var step = NextStep(fate: fate, cause: nil)
        change(&step)
        return step
    }

    private func busy(_ cause: Cause = .dialBusy) -> CallOutcome {
        CallOutcome(delivered: false, cause: cause, pagesConfirmed: 0, answered: false, detail: "")
    }

    @Test("an urgent fax goes before a broadcast that waits, and waiting makes up for priority")
    func ranks() throws {
        try withStore { store, _ in
            let bulk = try store.submit(["1", "2", "3"], priority: JobPriority.bulk, at: now)
            let later = now.adding(seconds: 60)
            let urgent = try store.submit(["9"], document: "/d/2.tiff", priority: JobPriority.high, at: later)
            #expect(try store.claim(now: later, lines: 1, random: random).map(\.job.id) == [urgent[0].id])
            // 64 steps of priority are worth 32 minutes.
            let normal = try store.submit(["8"], document: "/d/3.tiff", at: now.adding(seconds: 33 * 60))
            let claimed = try store.claim(now: now.adding(seconds: 34 * 60), lines: 3, random: random)
            #expect(claimed.map(\.job.id) == [bulk[0].id, bulk[1].id])
            #expect(try store.job(normal[0].id)?.state == .queued)
        }
    }

    @Test("a broadcast yields to a single fax however long it has been going on")
    func broadcast() throws {
        try withStore { store, _ in
            let numbers = (1...300).map { "\(1000 + $0)" }
            _ = try store.submit(numbers, priority: JobPriority.bulk, at: now)
            for call in try store.claim(now: now, lines: 200, random: random) {
                try store.settle(
                    call.id,
                    CallOutcome(delivered: true, cause: nil, pagesConfirmed: 3, answered: true, detail: ""), .delivered,
                    now: now)
            }
            // After more than an hour half a minute of waiting for each step of priority is made up for.
            let later = now.adding(seconds: 50 * 60)
            let urgent = try store.submit(["9"], document: "/d/2.tiff", priority: JobPriority.high, at: later)
            let normal = try store.submit(["8"], document: "/d/3.tiff", at: later)
            let claimed = try store.claim(now: later, lines: 2, random: random)
            #expect(Set(claimed.map(\.job.id)) == [urgent[0].id, normal[0].id])
        }
    }

    @Test("a fax whose only trunk has left the settings ends and says so, and waits for nothing")
    func goneTrunk() throws {
        try withStore { store, _ in
            var request = try FaxRequest.sample("1")
            request.trunk = try TrunkName(parsing: "old")
            let id = try store.submit(
                Submission(
                    document: Submission.Pages(path: "/d/1.tiff", count: 1, longestCall: 200),
                    recipients: [Submission.Recipient(request)], submitted: now, due: now,
                    deadline: now.adding(seconds: 3600)))[0]
            #expect(try store.claim(now: now, lines: 2, random: random).isEmpty)
            let job = try #require(try store.job(id))
            #expect(job.state == .failed && job.cause == .localNoTrunk)
            #expect(job.detail.contains("old is no longer in the settings"))
        }
    }

    @Test("the second trunk is used when the first has no line, or has failed for this job")
    func trunks() throws {
        try withStore { store, _ in
            let one = TrunkLines(try TrunkName(parsing: "one"), lines: 1)
            let two = TrunkLines(try TrunkName(parsing: "two"), lines: 2)
            let rules = ClaimRules(trunks: [one, two])
            let jobs = try store.submit(["1", "2", "3", "4"], at: now)
            let claimed = try store.claim(rules, now: now, random: random, permission: { _ in .now })
            #expect(claimed.map(\.attempt.trunk?.text) == ["one", "two", "two"])
            #expect(try store.claim(rules, now: now, random: random, permission: { _ in .now }).isEmpty)
            for call in claimed {
                let next = try step(.retry(at: now)) { $0.failedTrunks = call.id == claimed[0].id ? [one.name] : [] }
                try store.settle([SettledPart(call.id, busy(.dialCongestion), next, dialled: true)], now: now)
            }
            let again = try store.claim(rules, now: now, random: random, permission: { _ in .now })
            let first = try #require(again.first { $0.job.id == jobs[0].id })
            #expect(first.attempt.trunk == two.name)
            #expect(again.count == 3)
        }
    }

    @Test("a busy number holds back every fax to it, and no other")
    func heldNumber() throws {
        try withStore { store, _ in
            _ = try store.submit(["1", "1", "2"], at: now)
            let call = try #require(try store.claim(now: now, lines: 1, random: random).first)
            let free = now.adding(seconds: 180)
            let next = try step(.retry(at: free)) { $0.numberFree = free }
            try store.settle([SettledPart(call.id, busy(), next, dialled: true)], now: now)
            #expect(try store.claim(now: now, lines: 9, random: random).map(\.job.request.number.digits) == ["2"])
            #expect(try store.claim(now: free, lines: 9, random: random).map(\.job.request.number.digits) == ["1"])
        }
    }

    @Test("faxes to one number share a call where they look alike to the far end; each has an attempt of its own")
    func shared() throws {
        try withStore { store, _ in
            let alike = try store.submit(["1", "1", "1", "2"], at: now)
            var other = try FaxRequest.sample("1")
            other.ecm = false
            let different = try store.submit(
                Submission(
                    document: Submission.Pages(path: "/d/2.tiff", count: 1, longestCall: 100),
                    recipients: [Submission.Recipient(other)], submitted: now, due: now,
                    deadline: now.adding(seconds: 3600)))
            let calls = try store.claim(now: now, lines: 9, faxesInACall: 16, random: random)
            #expect(calls.map { $0.parts.map(\.job.id) } == [alike[0...2].map(\.id), [alike[3].id]])
            #expect(calls[0].pages == 9)
            #expect(calls[0].attempt.longestCall == 600)
            #expect(calls[0].parts.dropFirst().allSatisfy { $0.attempt.carrier == calls[0].id })
            #expect(try store.openCalls() == calls)
            #expect(try store.job(different[0])?.state == .queued)
            try store.markPublished([calls[0].id], now: now)
            try store.markStarted(calls[0].id, started: now, now: now)
            #expect(try store.openCalls()[0].parts.allSatisfy { $0.job.state == .sending })
            #expect(try store.claim(now: now, lines: 2, faxesInACall: 16, random: random).isEmpty)
        }
    }

    @Test("a fax may be put off, refused or held; none of these takes a line")
    func permission() throws {
        try withStore { store, _ in
            let jobs = try store.submit(["1", "2", "3", "4"], at: now)
            _ = try store.hold(jobs[2].id, true, now: now)
            let opens = now.adding(seconds: 600)
            let trunk = TrunkLines(try TrunkName(parsing: "one"), lines: 9)
            let claimed = try store.claim(ClaimRules(trunks: [trunk]), now: now, random: random) { job in
                switch job.request.number.digits {
                case "1": .later(opens)
                case "2": .refused(.policyNumber, "asked for no fax")
                default: .now
                }
            }
            #expect(claimed.map(\.job.id) == [jobs[3].id])
            #expect(try store.job(jobs[0].id)?.due == opens)
            #expect(try store.job(jobs[1].id)?.state == .failed)
            #expect(try store.job(jobs[1].id)?.cause == .policyNumber)
            _ = try store.hold(jobs[2].id, false, now: now)
            let after = try store.claim(now: opens, lines: 9, random: random)
            #expect(after.map(\.job.id) == [jobs[2].id, jobs[0].id])
        }
    }

    @Test("what a number took last time is used first, until it is forgotten")
    func memory() throws {
        try withStore { store, _ in
            _ = try store.submit(["1"], at: now)
            let call = try #require(try store.claim(now: now, lines: 1, random: random).first)
            let done = CallOutcome(delivered: true, cause: nil, pagesConfirmed: 3, answered: true, detail: "")
            let next = try step(.delivered) { $0.memory = NumberMemory(noT38: true, rate: .r9600, learned: now) }
            try store.settle([SettledPart(call.id, done, next, dialled: true)], now: now)
            _ = try store.submit(["1"], document: "/d/2.tiff", at: now)
            let second = try #require(try store.claim(now: now, lines: 1, random: random).first)
            #expect(second.attempt.asked == CallMode(t38: false, ecm: true, rate: .r9600, resolution: .fine))
            try store.settle([SettledPart(second.id, done, try step(.delivered), dialled: true)], now: now)
            let later = now.adding(seconds: 86_400)
            _ = try store.submit(["1"], document: "/d/3.tiff", at: later)
            let third = try #require(try store.claim(now: later, lines: 1, random: random).first)
            #expect(third.attempt.asked == third.job.request.mode)
        }
    }

    @Test("what a fax's own call showed goes before what is known about the number, be it that T.38 is the better way")
    func ownMode() throws {
        try withStore { store, _ in
            _ = try store.submit(["1"], at: now)
            let wanted = try FaxRequest.sample("1").mode
            let call = try #require(try store.claim(now: now, lines: 1, random: random).first)
            let next = try step(.retry(at: now)) {
                $0.memory = NumberMemory(noT38: true, rate: nil, learned: now)
                $0.mode = wanted
            }
            try store.settle([SettledPart(call.id, busy(.handshakeNoFax), next, dialled: true)], now: now)
            let again = try #require(try store.claim(now: now, lines: 1, random: random).first)
            #expect(again.attempt.asked == wanted)
            // A call that shows nothing leaves it at that.
            try store.settle([SettledPart(again.id, busy(), try step(.retry(at: now)), dialled: true)], now: now)
            // Nor does one that uses the memory share its call.
            _ = try store.submit(["1"], document: "/d/2.tiff", at: now)
            let third = try #require(try store.claim(now: now, lines: 1, faxesInACall: 16, random: random).first)
            #expect(third.attempt.asked == wanted)
            #expect(third.parts.count == 1)
        }
    }
}
