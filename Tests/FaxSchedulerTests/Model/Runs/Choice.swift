/// A number of a step from which it draws what it still has to decide: the same decisions each time that it is run.
struct Choice: Hashable, Sendable {
    private var random: UInt64

    init(_ number: UInt32) { random = UInt64(number) }

    /// 0 to `count` - 1.
    mutating func below(_ count: Int) -> Int {
        var generator = SeededRandom(seed: random)
        random = generator.next()
        return Int(random % UInt64(count))
    }

    mutating func percent(_ share: Int) -> Bool { below(100) < share }

    mutating func pick<T>(_ values: [T]) -> T { values[below(values.count)] }

    /// The values with their weights; the sum is what they add up to.
    mutating func weighed<T>(_ values: [(Int, T)]) -> T {
        var left = below(values.reduce(0) { $0 + $1.0 })
        for (weight, value) in values {
            if left < weight { return value }
            left -= weight
        }
        return values[0].1
    }
}
