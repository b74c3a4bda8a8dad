import FaxModel
import Testing

@testable import FaxRig

/// The table of likely reasons: each is found by what shows it, and by nothing less.
@Suite("Likely reasons")
struct StoryReasonTests {
    private static func reason(_ cause: Cause? = nil, _ change: (inout StoryFacts) -> Void) -> LikelyReason {
        var facts = StoryFacts()
        change(&facts)
        return .of(facts, cause: cause)
    }

    /// A fax machine answered, and the test signal passed.
    private static func inPages(_ change: (inout StoryFacts) -> Void) -> LikelyReason {
        reason { facts in
            facts.isSending = true
            facts.isAnswered = true
            facts.heardFax = true
            facts.passedTest = true
            facts.rates = [14_400]
            facts.pagesBegun = 1
            change(&facts)
        }
    }

    @Test(
        "A call that is refused is told by what the other server said",
        arguments: [
            (486, "busy"), (480, "nobody answered"), (403, "turned away"), (603, "turned away"),
            (404, "no such number"),
            (407, "password"), (488, "coding sound"), (503, "no free line"), (420, "420"),
        ])
    func refusals(status: Int, words: String) {
        #expect(Self.reason { $0.refusal = status }.reason.contains(words))
    }

    @Test("A server that says nothing is not a busy one")
    func ignored() {
        let reason = Self.reason {
            $0.isIgnored = true
            $0.isGivenUp = true
        }
        #expect(reason.reason.contains("at all"))
        #expect(reason.advice.contains { $0.contains("5060") })
        #expect(Self.reason { $0.isGivenUp = true }.advice.contains { $0.contains("sending.wait_time") })
    }

    @Test("T.38 whose packets never arrive is a firewall's work, and the ports are named")
    func lostData() {
        let reason = Self.reason {
            $0.isAnswered = true
            $0.t38 = .agreed
            $0.dataFromFarEnd = 0
            $0.soundFromFarEnd = 150
        }
        #expect(reason.reason.contains("T.38 was agreed, but none of its packets arrived"))
        #expect(reason.advice.contains { $0.contains("4000 to 4999") })
        // Where packets came, or nobody looked, it is something else.
        for packets in [1, nil] {
            let other = Self.reason {
                $0.isAnswered = true
                $0.t38 = .agreed
                $0.dataFromFarEnd = packets
            }
            #expect(!other.reason.contains("none of its packets"))
        }
    }

    @Test("T.38 that is agreed to at port 0 is a matter of negotiation, not of a missing machine")
    func withoutPort() {
        let reason = Self.reason(.t38Negotiation) {
            $0.isAnswered = true
            $0.t38 = .withoutPort
            $0.soundFromFarEnd = 150
        }
        #expect(reason.reason.contains("T.38 negotiation") && reason.reason.contains("port 0"))
        #expect(reason.advice.contains { $0.contains("sending.t38: false") })
    }

    @Test("Silence, a hang-up, and packets that never came are three things")
    func noFax() {
        func without(_ change: (inout StoryFacts) -> Void) -> String {
            Self.reason {
                $0.isAnswered = true
                change(&$0)
            }.reason
        }
        #expect(without { $0.soundFromFarEnd = 0 }.contains("not a single packet of sound"))
        #expect(without { $0.soundFromFarEnd = 1000 }.contains("no fax machine was heard"))
        let hungUp = without {
            $0.soundFromFarEnd = 1000
            $0.weHungUp = false
            $0.seconds = 1
        }
        #expect(hungUp.contains("hung up at once"))
    }

    @Test("A test signal that never arrives whole is told with the rates that were tried")
    func training() {
        let reason = Self.reason {
            $0.isAnswered = true
            $0.heardFax = true
            $0.failedTests = 3
            $0.rates = [14_400, 9600, 9600, 4800]
        }
        #expect(reason.reason.contains("14,400, 9,600, 4,800 bit/s"))
        #expect(reason.advice.contains { $0.contains("-B 9600") })
        let refused = Self.reason {
            $0.isAnswered = true
            $0.heardFax = true
            $0.farEndSaidGoodbye = true
        }
        #expect(refused.reason.contains("broke off by itself before the first page"))
    }

    @Test("What breaks in the pages is told by who broke it")
    func pages() {
        #expect(Self.inPages { $0.weHungUp = false }.reason.contains("cut from the other side, in page 1"))
        #expect(Self.inPages { $0.farEndSaidGoodbye = true }.reason.contains("broke off by itself in the midst"))
        #expect(Self.inPages { $0.awaitsConfirmation = true }.reason.contains("may have been printed"))
        let ecm = Self.inPages {
            $0.repeatRequests = 5
            $0.framesRepeated = 40
        }
        #expect(ecm.reason.contains("5 times (40 blocks)"))
        #expect(Self.inPages { $0.ranOutOfTime = true }.reason.contains("longer than it may"))
        #expect(Self.inPages { $0.badPages = 1 }.advice.contains { $0.contains("error correction") })
    }

    @Test("The advice against losses depends on how the fax went")
    func losses() {
        let data = Self.inPages {
            $0.repeatRequests = 5
            $0.t38 = .agreed
        }
        #expect(data.advice.contains { $0.contains("redundancy") })
        #expect(Self.inPages { $0.repeatRequests = 5 }.advice.contains { $0.contains("use T.38") })
    }

    @Test("A success says what made it slow, or that nothing did")
    func success() {
        func success(_ change: (inout StoryFacts) -> Void) -> String {
            Self.inPages {
                $0.pagesConfirmed = 1
                $0.result = "OK"
                $0.weHungUp = false
                change(&$0)
            }.reason
        }
        #expect(success { _ in }.contains("nothing went wrong"))
        #expect(success { $0.failedTests = 1 }.contains("slowly"))
        #expect(
            success {
                $0.repeatRequests = 1
                $0.framesRepeated = 1
            }.contains("1 block had"))
        #expect(success { $0.t38 = .refused(488) }.contains("as sound"))
        #expect(success { $0.badRows = 7 }.contains("7 damaged rows"))
    }

    @Test("Without any evidence the queue's cause speaks, in a whole sentence", arguments: Cause.allCases)
    func causes(cause: Cause) {
        let reason = LikelyReason.of(StoryFacts(), cause: cause)
        #expect(reason.reason.hasSuffix(".") && reason.reason.first?.isUppercase == true)
        #expect(!reason.reason.contains("tells too little"))
    }
}

/// What the dialplan's own lines tell where no packets are known.
@Suite("A call told by the dialplan alone")
struct DialplanStoryTests {
    @Test("Whoever hangs up while the dialplan still asks has answered, and that is told")
    func hungUpEarly() throws {
        let lines = [
            "VERBOSE[17694][C-00000002] app_verbose.c: Fax 2-1-de85f869: answered",
            "VERBOSE[17694][C-00000002] app_verbose.c: Fax 2-1-de85f869: over, cause 0, status ,  of 1 pages at  bit/s by , ",
        ]
        let log = lines.map { "[2026-11-29 10:34:10.163] \($0)\n" }.joined()
        let call = try #require(AsteriskLog(Array(log.utf8), year: 2026).calls.first)
        let story = StoryTeller(lines: call.lines, cause: .handshakeHangup).story("a call")
        #expect(story.steps.map(\.text) == ["the call is answered"])
        #expect(story.reason.reason.hasPrefix("Whoever answered hung up"))
    }
}
