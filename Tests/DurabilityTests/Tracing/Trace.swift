/// What one traced run did.
struct Trace: Sendable {
    /// Changes in the order in which they were begun, those of all threads.
    var calls: [SystemCall]
    /// Killed before one of them, instead of ending by itself.
    var wasKilled: Bool
    /// The exit status; nil for one that was killed.
    var status: Int32?

    /// How many points there are to kill at.
    var points: Int { calls.count }
}

/// Where a traced program is killed.
enum KillPoint: Hashable, Sendable, CustomStringConvertible {
    /// Just before change `index` (from 0) begins.
    case before(Int)
    /// When only half of the bytes of change `index`, a write, are written.
    case within(Int)

    var index: Int {
        switch self {
        case .before(let index), .within(let index): index
        }
    }

    var description: String {
        switch self {
        case .before(let index): "before change \(index)"
        case .within(let index): "within change \(index)"
        }
    }
}
