/// Numbers that are the same on every run (SplitMix64).
package struct SeededNumbers: RandomNumberGenerator {
    private var state: UInt64

    /// From a name, so that each document has its own.
    package init(_ name: String) { state = StableHash.of(name) }

    package mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
        return z ^ z >> 31
    }

    /// From 0 to below 1.
    package mutating func fraction() -> Float { Float(next() >> 40) / Float(1 << 24) }
    package mutating func pick<T>(_ items: [T]) -> T { items[Int(next() % UInt64(items.count))] }
    package mutating func within(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &self) }
    package mutating func within(_ range: ClosedRange<Double>) -> Double { Double.random(in: range, using: &self) }
}
