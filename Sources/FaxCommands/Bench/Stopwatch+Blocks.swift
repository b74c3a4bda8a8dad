extension Stopwatch {
    /// Milliseconds that something takes.
    static func milliseconds(_ body: () throws -> Void) rethrows -> Double {
        milliseconds(try ContinuousClock().measure(body))
    }

    /// Median of several runs in milliseconds.
    static func median(runs: Int, _ body: () throws -> Void) rethrows -> Double {
        median(try (0..<runs).map { _ in try milliseconds(body) })
    }

    static func milliseconds(_ duration: Duration) -> Double {
        Double(duration.components.seconds) * 1000 + Double(duration.components.attoseconds) / 1e15
    }
}
