/// The queue as its documents describe it: small, in memory, and nothing of the program in it.
///
/// It is told what people and Asterisk do, and says at each pass what has to become of every fax.
struct QueueModel: Sendable {
    let rules: ModelRules
    /// By id, the first being 1.
    private(set) var jobs: [ModelJob] = []
    /// That are not over, by the attempt's id.
    var calls: [String: ModelCall] = [:]
    /// That began and whose end nobody knows.
    var unknown: [String: (call: ModelCall, settled: Int64)] = [:]
    /// No call to a number before.
    var numberFree: [String: Int64] = [:]
    var memories: [String: Memory] = [:]
    /// The Asterisk that runs now.
    var life: Int?
    var lostDocuments: Set<String> = []
    /// What both clocks showed when they were last compared.
    var clock: (date: Int64, steady: Int64)?
    /// By which the date jumped last.
    var lastJump: Int64 = 0

    /// What a number took last time.
    struct Memory: Hashable, Sendable {
        var noT38: Bool
        var rate: Int?
        var learned: Int64
    }

    init(_ rules: ModelRules) { self.rules = rules }

    subscript(id: Int) -> ModelJob {
        get { jobs[id - 1] }
        set { jobs[id - 1] = newValue }
    }

    mutating func add(_ job: ModelJob) { jobs.append(job) }

    var unfinished: [ModelJob] { jobs.filter { !$0.state.isFinal } }

    /// Oldest first.
    var openCalls: [ModelCall] {
        calls.values.sorted { ($0.claimed, $0.parts[0].job) < ($1.claimed, $1.parts[0].job) }
    }

    /// Something happened to a call; one that is over hears no more of it, but for a report of an unknown one.
    mutating func learn(of id: String, _ change: (inout ModelCall) -> Void) {
        if var call = calls[id] {
            change(&call)
            calls[id] = call
        } else if var entry = unknown[id] {
            change(&entry.call)
            unknown[id] = entry
        }
    }
}
