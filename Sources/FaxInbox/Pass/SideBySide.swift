import Foundation
import Synchronization

/// Work that mostly waits for the disk, several pieces at a time: what they make durable, the file system writes out together.
enum SideBySide {
    /// Pieces at a time. Threads of their own, because such work would starve the shared pool.
    static let width = 8

    /// The outcome of each piece, in the pieces' order, once all are done.
    static func map<Piece: Sendable, Outcome: Sendable>(
        _ pieces: [Piece], _ work: @escaping @Sendable (Piece) -> Outcome
    ) async -> [Outcome] {
        await withCheckedContinuation { continuation in
            let outcomes = Mutex<[Outcome?]>(Array(repeating: nil, count: pieces.count))
            let left = Mutex(pieces.indices)
            let group = DispatchGroup()
            for _ in 0..<min(width, pieces.count) {
                group.enter()
                Thread.detachNewThread {
                    while let index = left.withLock({ $0.popFirst() }) {
                        let outcome = work(pieces[index])
                        outcomes.withLock { $0[index] = outcome }
                    }
                    group.leave()
                }
            }
            group.notify(queue: .global()) {
                continuation.resume(returning: outcomes.withLock { $0.compactMap(\.self) })
            }
        }
    }
}
