import FaxModel
import Testing

@Suite struct JobStateTests {
    static let events: [JobEvent] = [
        .claimed, .started, .cancelled, .expired(partial: false), .expired(partial: true), .settled(.delivered),
        .settled(.retry(at: UnixTime(seconds: 1))), .settled(.again(at: UnixTime(seconds: 1))), .settled(.partial),
        .settled(.failed), .settled(.cancelled), .settled(.expired), .settled(.unknown),
    ]

    @Test("a final state never leads to another call", arguments: JobState.allCases.filter(\.isFinal))
    func final(state: JobState) {
        for event in Self.events {
            guard let next = try? state.next(event) else { continue }
            #expect(state == .unknown, "only an unknown fax can still learn its fate")
            #expect(next.isFinal)
        }
    }

    @Test("an attempt under way is never claimed again and never cancelled over its head")
    func underWay() {
        for state in [JobState.calling, .sending] {
            #expect(throws: FaxError.self) { try state.next(.claimed) }
            #expect(throws: FaxError.self) { try state.next(.cancelled) }
            #expect(throws: FaxError.self) { try state.next(.expired(partial: false)) }
        }
    }

    @Test("every state can be reached and every unfinished one left")
    func reachable() {
        var reached: Set<JobState> = [.queued]
        while true {
            let more = reached.flatMap { state in Self.events.compactMap { try? state.next($0) } }
            if reached.isSuperset(of: more) { break }
            reached.formUnion(more)
        }
        #expect(reached == Set(JobState.allCases))
    }
}
