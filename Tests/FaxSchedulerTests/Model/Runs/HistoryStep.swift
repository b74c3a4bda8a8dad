/// One event of a history. Its numbers choose among what is there when it happens, so that a history from which steps were
/// taken away is still one.
enum HistoryStep: Hashable, Sendable {
    case submit(UInt32)
    /// A pass of the scheduler.
    case pass
    /// A pass that is killed at that one of the moments at which it writes.
    case killedPass(at: Int)
    /// A pass in the middle of which other things happen.
    case racedPass(UInt32)
    /// Another process, with the store opened anew.
    case restart
    case tidy
    /// What Asterisk, a far end or fax-agi does next with one of its calls.
    case asterisk(UInt32)
    /// Asterisk is killed, or stopped.
    case crash(UInt32)
    /// "core restart now": calls are gone, the process number stays.
    case execRestart(UInt32)
    case startAsterisk
    case advance(seconds: Int64, UInt32)
    /// Somebody sets the date.
    case setClock(by: Int64)
    case cancel(UInt32)
    case hold(UInt32)
    case release(UInt32)
    case alter(UInt32)
    case resend(UInt32)
    case resolve(UInt32)
    /// The attempts' pages can't be written, or can again.
    case disk(isFull: Bool)
    case loseDocument(UInt32)
    /// A number's window closes or opens, or it may not be faxed any more.
    case permission(UInt32)

    var name: String { String("\(self)".prefix { $0 != "(" }) }

    private static func any(_ random: inout SeededRandom) -> UInt32 { .random(in: 0 ... .max, using: &random) }

    private static let kinds: [(Int, @Sendable (inout SeededRandom) -> HistoryStep)] = [
        (70, { .submit(any(&$0)) }),
        (230, { _ in .pass }),
        (25, { .killedPass(at: .random(in: 1...14, using: &$0)) }),
        (45, { .racedPass(any(&$0)) }),
        (10, { _ in .restart }),
        (8, { _ in .tidy }),
        (370, { .asterisk(any(&$0)) }),
        (8, { .crash(any(&$0)) }),
        (3, { .execRestart(any(&$0)) }),
        (25, { _ in .startAsterisk }),
        (
            120,
            {
                let spans: [Int64] = [1, 1, 2, 5, 10, 11, 11, 30, 60, 61, 130, 180, 300, 300, 900, 3600]
                return .advance(seconds: spans.randomElement(using: &$0) ?? 1, any(&$0))
            }
        ),
        (
            8,
            {
                let spans: [Int64] = [-7200, -3600, -45, -20, -8, 8, 20, 45, 3600, 7200]
                return .setClock(by: spans.randomElement(using: &$0) ?? 1)
            }
        ),
        (18, { .cancel(any(&$0)) }),
        (8, { .hold(any(&$0)) }),
        (12, { .release(any(&$0)) }),
        (14, { .alter(any(&$0)) }),
        (12, { .resend(any(&$0)) }),
        (12, { .resolve(any(&$0)) }),
        (4, { .disk(isFull: .random(using: &$0)) }),
        (2, { .loseDocument(any(&$0)) }),
        (8, { .permission(any(&$0)) }),
    ]

    static func random(using random: inout SeededRandom) -> HistoryStep {
        var left = Int.random(in: 0..<kinds.reduce(0) { $0 + $1.0 }, using: &random)
        for (weight, make) in kinds {
            if left < weight { return make(&random) }
            left -= weight
        }
        return .pass
    }
}
