import Synchronization

/// Lets through what the pass before did not say: what lasts is told once, not every second.
final class NewComplaints: Sendable {
    private let last = Mutex<Set<String>>([])

    func among(_ lines: [String]) -> [String] {
        last.withLock { last in
            defer { last = Set(lines) }
            return lines.filter { !last.contains($0) }
        }
    }
}
