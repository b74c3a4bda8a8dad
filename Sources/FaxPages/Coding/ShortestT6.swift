import FaxModel

/// The shortest T.6 that a page's pixels can have.
///
/// T.6 §2.2 tells a coder which mode to take wherever more than one would do, and a coder that follows it looks no further
/// than the next change. A decoder takes any of them. So the cheapest way through each row is found among all that decode
/// to it: about 5 % fewer bytes for a page of text, at about twice the time. A row's code doesn't change the next row's,
/// so the page is the shortest when its rows are.
struct ShortestT6 {
    /// The way by which a change is reached at the lowest cost.
    private struct Step {
        /// Bits from the row's start.
        var cost = Int32.max
        /// The change from which it starts; its number is that of the changes coded before.
        var from: Int32 = 0
        /// Pass modes before the code itself.
        var passes: Int32 = 0
        /// a0 behind the pass modes.
        var start: Int32 = 0
        /// a1 - b1 of a vertical mode; nil: horizontal.
        var shift: Int32?
    }

    private let width: Int32
    private var steps: [Step]
    /// The numbers of the changes on the way, the last first.
    private var way: [Int32] = []

    private let codes = RunCodes.tables

    private init(width: Int) {
        self.width = Int32(width)
        steps = [Step](repeating: Step(), count: width + 3)
    }

    /// The coded page with its EOFB, in each byte the first bit highest.
    static func code(_ page: PageBits) -> [UInt8] {
        var rows = ShortestT6(width: page.width)
        var changes = ColourChanges(width: page.width)
        var above = ColourChanges(width: page.width)
        var out = BitWriter()
        page.bytes.withUnsafeBufferPointer { bytes in
            for y in 0..<page.rows {
                guard let base = bytes.baseAddress else { break }
                changes.read(base + y * page.bytesPerRow, bytes: page.bytesPerRow)
                out.makeRoom(forRowOf: page.width)
                rows.write(changes, above, &out)
                swap(&changes, &above)
            }
        }
        out.endFacsimileBlock()
        return out.finish()
    }

    private mutating func write(_ changes: ColourChanges, _ above: ColourChanges, _ out: inout BitWriter) {
        // The row's end is a change, too; a run of no pixels may follow it.
        let end = changes.count
        for index in 0...(end + 2) { steps[index].cost = .max }
        steps[0].cost = 0
        changes.places.withUnsafeBufferPointer { own in
            above.places.withUnsafeBufferPointer { above in
                var reference = 0
                for index in 0...end where steps[index].cost < .max {
                    let start = index == 0 ? -1 : own[index - 1]
                    while above[reference] <= start && above[reference] < width { reference += 1 }
                    follow(index, start, own, above, reference, end)
                }
            }
            // Horizontal mode passes the last change together with the row's end.
            var index = steps[end + 1].cost <= steps[end + 2].cost ? end + 1 : end + 2
            way.removeAll(keepingCapacity: true)
            while index > 0 {
                way.append(Int32(index))
                index = Int(steps[index].from)
            }
            for index in way.reversed() { write(steps[Int(index)], own, &out) }
        }
    }

    /// Offers every code that can come next to the changes that it leads to.
    @inline(__always)
    private mutating func follow(
        _ index: Int, _ start: Int32, _ own: UnsafeBufferPointer<Int32>, _ above: UnsafeBufferPointer<Int32>,
        _ reference: Int, _ end: Int
    ) {
        var cost = steps[index].cost
        var start = start
        var passes: Int32 = 0
        let isBlack = index & 1 == 1
        let a1 = own[index]
        let a2 = own[index + 1]
        // b1: the first change above, right of a0, towards the opposite of a0's colour.
        var place = reference & 1 == index & 1 || above[reference] == width ? reference : reference + 1
        while true {
            let shift = a1 - above[place]
            if shift >= -3, shift <= 3 {
                let (_, length) = PageCoder.vertical(shift)
                let step = Step(
                    cost: cost + Int32(length), from: Int32(index), passes: passes, start: start, shift: shift)
                offer(index + 1, step)
            }
            let runs = bits(a1 - max(0, start), isBlack) + bits(a2 - a1, !isBlack)
            offer(index + 2, Step(cost: cost + 3 + runs, from: Int32(index), passes: passes, start: start, shift: nil))
            let b2 = above[place] < width ? above[place + 1] : width
            guard b2 < a1 else { return }
            cost += 4
            passes += 1
            start = b2
            place += above[place + 1] < width ? 2 : 1
        }
    }

    @inline(__always)
    private mutating func offer(_ index: Int, _ step: Step) {
        if step.cost < steps[index].cost { steps[index] = step }
    }

    @inline(__always)
    private func write(_ step: Step, _ own: UnsafeBufferPointer<Int32>, _ out: inout BitWriter) {
        for _ in 0..<step.passes { out.write(1, 4) }
        if let shift = step.shift {
            let (bits, length) = PageCoder.vertical(shift)
            out.write(bits, length)
            return
        }
        let index = Int(step.from)
        out.write(1, 3)
        PageCoder.run(own[index] - max(0, step.start), index & 1 == 1, codes, &out)
        PageCoder.run(own[index + 1] - own[index], index & 1 == 0, codes, &out)
    }

    /// Bits of a run.
    @inline(__always)
    private func bits(_ length: Int32, _ isBlack: Bool) -> Int32 {
        let codes = isBlack ? codes.black : codes.white
        guard length > RunCodes.longest else { return Int32(codes[Int(length)].length) }
        let more = (length - Int32(RunCodes.longest) + 2559) / 2560
        return 12 * more + Int32(codes[Int(length - 2560 * more)].length)
    }
}
