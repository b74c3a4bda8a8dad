import Synchronization
import Testing

@testable import FaxCommands

/// Who renders when.
@Suite struct RenderTurnsTests {
    /// Bodies that run until they are let go.
    private final class Stage: Sendable {
        let turns = RenderTurns()
        let started = Mutex<[Int]>([])
        private let running = AsyncStream.makeStream(of: Int.self)
        private let gate = AsyncStream.makeStream(of: Void.self)

        func hold(_ number: Int) -> Task<Void, any Error> {
            Task { [self] in
                try await turns.run {
                    self.started.withLock { $0.append(number) }
                    self.running.continuation.yield(number)
                    for await _ in self.gate.stream { break }
                }
            }
        }

        func next() async -> Int? {
            for await number in running.stream { return number }
            return nil
        }

        func letOneGo() { gate.continuation.yield() }

        func waitForQueue(_ count: Int) async {
            while await turns.queue < count { await Task.yield() }
        }
    }

    @Test("two run at once, the others in the order in which they asked; who gives up lets the next one pass")
    func order() async throws {
        let stage = Stage()
        let first = [stage.hold(1), stage.hold(2)]
        _ = await stage.next()
        _ = await stage.next()
        let third = stage.hold(3)
        await stage.waitForQueue(1)
        let fourth = stage.hold(4)
        await stage.waitForQueue(2)
        third.cancel()
        await #expect(throws: CancellationError.self) { try await third.value }
        #expect(stage.started.withLock { $0.sorted() } == [1, 2])
        stage.letOneGo()
        #expect(await stage.next() == 4)
        stage.letOneGo()
        stage.letOneGo()
        for task in first + [fourth] { try await task.value }
        #expect(stage.started.withLock { $0.contains(3) } == false)
    }
}
