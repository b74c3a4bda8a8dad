import FaxModel
import FaxRig
import Testing

/// The judge of the matrix: it is content with what is right, and finds each thing that can be wrong.
@Suite struct ValidationTests {
    private static let right = Observed(
        state: .delivered, cause: nil, calls: 1, pages: 3, pagesDone: 3, mode: "T38", rate: 14_400,
        arrivals: [.init(pages: 3, isComplete: true, messages: 1, damagedRows: 0, mode: "audio")])

    private static func judge(
        _ expected: ExpectedOutcome = .delivered(3, mode: "T38", receiverMode: "audio", rate: 14_400),
        _ change: (inout Observed) -> Void
    ) -> [String] {
        var seen = right
        change(&seen)
        return expected.judge(seen)
    }

    @Test("where nobody looks at the far end only this one is judged")
    func remote() {
        #expect(Self.judge { $0.arrivals = nil } == [])
        #expect(Self.judge { ($0.arrivals, $0.pagesDone) = (nil, 2) } == ["2 pages were confirmed, not 3"])
    }

    @Test("what is tried on somebody's real line asks for one call to one fax machine, and leaves the servers alone")
    func safe() {
        let safe = ScenarioMatrix.all.filter(RemoteValidation.isSafe)
        #expect(safe.count > 10)
        #expect(
            safe.allSatisfy {
                $0.farEnd == nil && $0.event == nil && $0.line == .t38 && $0.expected.pages.lowerBound > 0
            })
    }

    /// The first call found no line, and two brought pages.
    private static let second = ExpectedOutcome(firstCauses: [.dialCongestion], pages: 3...3, arrivals: 2...2)
    /// Nobody knows what became of it, and somebody has its pages.
    private static let lost = ExpectedOutcome(states: [.unknown], pages: 0...0, arrivals: 1...1)

    @Test("what is right passes")
    func right() {
        #expect(Self.judge { _ in } == [])
        #expect(
            Self.judge(.failed(.dialBusy)) { seen in
                (seen.state, seen.cause, seen.pagesDone, seen.arrivals) = (.failed, .dialBusy, 0, [])
            } == [])
        #expect(
            Self.judge(Self.lost) { seen in
                (seen.state, seen.pagesDone) = (.unknown, 0)
                seen.arrivals?[0].isComplete = false
            } == [])
        // A page whose confirmation was lost comes with both calls.
        #expect(
            Self.judge(ExpectedOutcome(calls: 2...3, pages: 3...3)) { seen in
                seen.calls = 2
                seen.arrivals = [
                    .init(pages: 2, isComplete: false, messages: 1, damagedRows: 0),
                    .init(pages: 2, isComplete: true, messages: 1, damagedRows: 0),
                ]
            } == [])
    }

    @Test("each kind of expectation is missed where it is not met")
    func wrong() {
        let cases: [(String, [String])] = [
            ("not delivered", Self.judge { $0.state = .failed }),
            ("took 2 calls", Self.judge { $0.calls = 2 }),
            ("2 pages were confirmed", Self.judge { $0.pagesDone = 2 }),
            ("the mode was audio", Self.judge { $0.mode = "audio" }),
            ("the rate was 9600", Self.judge { $0.rate = 9600 }),
            ("2 pages arrived", Self.judge { $0.arrivals?[0].pages = 2 }),
            ("6 pages arrived", Self.judge { $0.arrivals = ($0.arrivals ?? []) + ($0.arrivals ?? []) }),
            ("1 rows differ", Self.judge { $0.arrivals?[0].damagedRows = 1 }),
            ("the receiver's mode was T38", Self.judge { $0.arrivals?[0].mode = "T38" }),
            ("the receiver's mode was unknown", Self.judge { $0.arrivals?[0].mode = nil }),
            ("the first call's cause is dial.busy", Self.judge(Self.second) { $0.firstCause = .dialBusy }),
            ("the first call's cause is missing", Self.judge(Self.second) { $0.firstCause = nil }),
            ("1 calls brought pages", Self.judge(Self.second) { $0.firstCause = .dialCongestion }),
            (
                "0 calls brought pages",
                Self.judge(Self.lost) { ($0.state, $0.pagesDone, $0.arrivals) = (.unknown, 0, []) }
            ),
            ("no page could be compared", Self.judge { $0.arrivals?[0].damagedRows = nil }),
            ("in 2 messages", Self.judge { $0.arrivals?[0].messages = 2 }),
            ("in 0 messages", Self.judge { $0.arrivals?[0].messages = 0 }),
            (
                "the cause is dial.rejected",
                Self.judge(.failed(.dialBusy)) { seen in
                    (seen.state, seen.cause, seen.pagesDone, seen.arrivals) = (.failed, .dialRejected, 0, [])
                }
            ),
            (
                "arrived whole all the same",
                Self.judge(.failed(.dialBusy)) { seen in
                    (seen.state, seen.cause, seen.pagesDone) = (.failed, .dialBusy, 0)
                }
            ),
        ]
        for (words, problems) in cases { #expect(problems.contains { $0.contains(words) }, "\(words): \(problems)") }
    }

    @Test("scenarios have names of their own, and all that stand for a case of Asterisk's are there")
    func names() {
        let names = ScenarioMatrix.all.map(\.name)
        #expect(Set(names).count == names.count)
        for one in AsteriskCases.all {
            #expect(one.ours.isEmpty != one.note.isEmpty, "\(one.theirs)")
            for name in one.ours { #expect(names.contains(name), "\(one.theirs): \(name)") }
        }
        #expect(ScenarioMatrix.quick.count >= 15 && ScenarioMatrix.quick.count < names.count)
    }
}
