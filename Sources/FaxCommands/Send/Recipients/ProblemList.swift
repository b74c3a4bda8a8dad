/// All that is wrong with a list, a line each; the first twenty are told, the others counted.
struct ProblemList {
    private var lines: [String] = []
    private var more = 0

    mutating func add(_ line: String) {
        if lines.count < 20 { lines.append(line) } else { more += 1 }
    }

    /// nil when nothing is wrong.
    var message: String? {
        if lines.isEmpty { return nil }
        return (lines + (more > 0 ? ["and \(more) more like these"] : [])).joined(separator: "\n")
    }
}
