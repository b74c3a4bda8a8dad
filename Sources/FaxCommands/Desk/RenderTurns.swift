/// Lets programs that render run two at a time, in the order in which they were asked for: one by one, so that a fax with a
/// thousand cover pages holds up nobody for longer than a page or two.
actor RenderTurns {
    private var free = 2
    private var waiting: [(id: Int, turn: CheckedContinuation<Void, any Error>)] = []
    private var last = 0

    /// How many wait.
    var queue: Int { waiting.count }

    nonisolated func run<T: Sendable>(_ body: @Sendable () async throws -> T) async throws -> T {
        try await take()
        do {
            let result = try await body()
            await release()
            return result
        } catch {
            await release()
            throw error
        }
    }

    private func take() async throws {
        try Task.checkCancellation()
        if free > 0 {
            free -= 1
            return
        }
        last += 1
        let id = last
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { waiting.append((id, $0)) }
        } onCancel: {
            Task { await leave(id) }
        }
    }

    private func leave(_ id: Int) {
        guard let index = waiting.firstIndex(where: { $0.id == id }) else { return }
        waiting.remove(at: index).turn.resume(throwing: CancellationError())
    }

    private func release() {
        if waiting.isEmpty { free += 1 } else { waiting.removeFirst().turn.resume() }
    }
}
