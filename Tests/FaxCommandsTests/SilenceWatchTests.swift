import AsteriskManager
import FaxModel
import Synchronization
import Testing

@testable import FaxCommands

/// Calls that no fax machine speaks in.
@Suite struct SilenceWatchTests {
    /// One Asterisk with one call, as far as a watch can see it.
    private final class Line: Sendable {
        let state = Mutex((isUp: false, speaks: false))
        let hungUp = Mutex(0)
        let attempt = AttemptID(job: 1, sequence: 1, random: 1)

        var watch: SilenceWatch {
            SilenceWatch(
                calls: { () throws(FaxError) in
                    [LiveCall(attempt: self.attempt, channel: "a", isUp: self.state.withLock { $0.isUp })]
                },
                progress: { () throws(FaxError) in
                    [
                        FaxProgress(
                            attempt: self.attempt, pagesDone: 0, rate: nil, hasAnswer: self.state.withLock { $0.speaks }
                        )
                    ]
                },
                hangUp: { _ throws(FaxError) in
                    self.hungUp.withLock { $0 += 1 }
                    return true
                })
        }
    }

    private let start = ContinuousClock.now

    @Test("a minute of silence counts from the answer, however long it rang before")
    func ringing() throws {
        let line = Line()
        let watch = line.watch
        #expect(try watch.runOnce(now: start).isEmpty)
        #expect(try watch.runOnce(now: start + .seconds(55)).isEmpty)
        line.state.withLock { $0.isUp = true }
        #expect(try watch.runOnce(now: start + .seconds(58)).isEmpty)
        #expect(try watch.runOnce(now: start + .seconds(117)).isEmpty)
        #expect(try watch.runOnce(now: start + .seconds(118)).count == 1)
        #expect(line.hungUp.withLock { $0 } == 1)
    }

    @Test("a call in which a fax machine has spoken is left alone, also when its session is over")
    func spoken() throws {
        let line = Line()
        let watch = line.watch
        line.state.withLock { $0 = (true, true) }
        #expect(try watch.runOnce(now: start).isEmpty)
        line.state.withLock { $0.speaks = false }
        #expect(try watch.runOnce(now: start + .seconds(200)).isEmpty)
        #expect(try watch.runOnce(now: start + .seconds(400)).isEmpty)
        #expect(line.hungUp.withLock { $0 } == 0)
    }
}
