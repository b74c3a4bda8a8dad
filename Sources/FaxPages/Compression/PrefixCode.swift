/// A code of deflate: how many bits each symbol has, and which (RFC 1951 §3.2.2).
struct PrefixCode {
    /// 0 for symbols that never come.
    let lengths: [UInt8]
    /// The first bit of a code in the lowest place, as deflate writes it.
    let codes: [UInt32]

    /// The best code for symbols that come so often, none longer than `limit` bits.
    ///
    /// There are at least two codes: a decoder may refuse a code with only one.
    init(counts: [UInt32], limit: Int) {
        var counts = counts
        for symbol in [0, 1] where counts.count(where: { $0 > 0 }) < 2 { counts[symbol] = max(counts[symbol], 1) }
        var lengths = Self.lengths(counts)
        while lengths.contains(where: { $0 > limit }) {
            // Flatter counts make a flatter tree.
            counts = counts.map { $0 == 0 ? 0 : $0 / 2 + 1 }
            lengths = Self.lengths(counts)
        }
        self.lengths = lengths
        codes = Self.codes(lengths)
    }

    /// Huffman's tree, made from two queues: leaves by their count, and nodes, which come in that order by themselves.
    private static func lengths(_ counts: [UInt32]) -> [UInt8] {
        let leaves = counts.indices.filter { counts[$0] > 0 }.sorted { counts[$0] < counts[$1] }
        var weights = leaves.map { counts[$0] }
        var parents = [Int](repeating: 0, count: leaves.count * 2 - 1)
        var (leaf, node) = (0, leaves.count)
        func lightest() -> Int {
            if leaf < leaves.count, node >= weights.count || weights[leaf] <= weights[node] {
                leaf += 1
                return leaf - 1
            }
            node += 1
            return node - 1
        }
        while weights.count < parents.count {
            let (first, second) = (lightest(), lightest())
            (parents[first], parents[second]) = (weights.count, weights.count)
            weights.append(weights[first] + weights[second])
        }
        var depths = [UInt8](repeating: 0, count: parents.count)
        for index in (0..<parents.count - 1).reversed() { depths[index] = depths[parents[index]] + 1 }
        var lengths = [UInt8](repeating: 0, count: counts.count)
        for (index, symbol) in leaves.enumerated() { lengths[symbol] = depths[index] }
        return lengths
    }

    private static func codes(_ lengths: [UInt8]) -> [UInt32] {
        var next = [UInt32](repeating: 0, count: 17)
        for length in 1...15 {
            let shorter = lengths.count { $0 == length - 1 && $0 > 0 }
            next[length] = (next[length - 1] + UInt32(shorter)) << 1
        }
        return lengths.map { length in
            guard length > 0 else { return 0 }
            defer { next[Int(length)] += 1 }
            let code = next[Int(length)]
            return (0..<UInt32(length)).reduce(0) { $0 << 1 | code >> $1 & 1 }
        }
    }
}
