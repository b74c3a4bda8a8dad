/// Lightest and darkest greys around each pixel of a page, for telling strokes from what they lie on.
///
/// Plain loops over bytes without overflow checks in them, which the compiler turns into vector code.
struct GreyMorphology {
    let width: Int
    let rows: Int

    /// The page without dark structures that are thinner than the window: the paper under the ink.
    func closing(_ pixels: [UInt8], across: Int, down: Int) -> [UInt8] {
        filtered(filtered(pixels, across, down, isMaximum: true), across, down, isMaximum: false)
    }

    /// The page without light structures that are thinner than the window.
    func opening(_ pixels: [UInt8], across: Int, down: Int) -> [UInt8] {
        filtered(filtered(pixels, across, down, isMaximum: false), across, down, isMaximum: true)
    }

    /// The lightest (or darkest) grey within `across` pixels to each side and `down` rows up and down.
    func filtered(_ pixels: [UInt8], _ across: Int, _ down: Int, isMaximum: Bool) -> [UInt8] {
        var first = pixels
        var second = [UInt8](repeating: 0, count: pixels.count)
        let isSwapped = first.withUnsafeMutableBufferPointer { first in
            second.withUnsafeMutableBufferPointer { second in
                guard let a = first.baseAddress, let b = second.baseAddress else { return false }
                var isSwapped = false
                for y in 0..<rows {
                    isSwapped = spread(a + y * width, b + y * width, width, stride: 1, across, isMaximum)
                }
                // Down: the page as one long row, whose neighbours are `width` apart.
                let isBack =
                    isSwapped
                    ? spread(b, a, rows * width, stride: width, down, isMaximum)
                    : spread(a, b, rows * width, stride: width, down, isMaximum)
                return isSwapped != isBack
            }
        }
        return isSwapped ? second : first
    }

    /// Marks of 255 become the number of rows that what is marked goes on upwards and downwards from each of them and with
    /// it, up to `limit` each way; from one row to the next it may lie up to `aside` pixels farther left or right.
    func measureHeights(_ marks: inout [UInt8], aside: Int, limit: UInt8) {
        // What the row before has, and what this one has, with room for those aside.
        var heights = [UInt8](repeating: 0, count: 2 * (width + 2 * aside))
        marks.withUnsafeMutableBufferPointer { marks in
            heights.withUnsafeMutableBufferPointer { heights in
                guard let marks = marks.baseAddress, let heights = heights.baseAddress else { return }
                var before = heights + aside
                var here = before + width + 2 * aside
                for y in 0..<rows {
                    measure(marks + y * width, before, here, aside, limit, isBack: false)
                    swap(&before, &here)
                }
                before.update(repeating: 0, count: width)
                for y in (0..<rows).reversed() {
                    measure(marks + y * width, before, here, aside, limit, isBack: true)
                    swap(&before, &here)
                }
            }
        }
    }

    /// One more in each mark of a row than the most around it in the row before; on the way back both are added up. Some
    /// pixels aside tell enough: where a line moves far it is long.
    private func measure(
        _ marks: UnsafeMutablePointer<UInt8>, _ before: UnsafePointer<UInt8>, _ here: UnsafeMutablePointer<UInt8>,
        _ aside: Int, _ limit: UInt8, isBack: Bool
    ) {
        let half = aside / 2
        for start in stride(from: 0, to: width, by: 8) {
            let end = min(width, start + 8)
            // Most of a page has no marks.
            if end - start == 8, Octets.load(marks + start) == 0 {
                (here + start).update(repeating: 0, count: 8)
                continue
            }
            for x in start..<end {
                let beside = max(before[x - 1], before[x + 1])
                let farther = max(before[x - half], before[x + half])
                let farthest = max(before[x - aside], before[x + aside])
                let most = max(max(before[x], beside), max(farther, farthest))
                here[x] = marks[x] == 0 ? 0 : min(limit, most &+ 1)
                marks[x] = isBack ? marks[x] &+ here[x] : here[x]
            }
        }
    }

    /// Windows double until the next doubling would be too large; a last step fills up, so that the cost grows with the
    /// logarithm of the window. What lies outside counts as the nearest pixels inside. Whether the result is in `other`.
    private func spread(
        _ data: UnsafeMutablePointer<UInt8>, _ other: UnsafeMutablePointer<UInt8>, _ count: Int, stride: Int,
        _ radius: Int, _ isMaximum: Bool
    ) -> Bool {
        let window = min(2 * radius + 1, count / stride)
        guard window > 1 else { return false }
        var (from, to) = (data, other)
        var reach = 1
        // After each round from[i] covers the places i ..< i + reach.
        while reach < window {
            let step = min(reach, window - reach)
            let valid = count - step * stride
            let ahead = from + step * stride
            if isMaximum {
                for index in 0..<valid { to[index] = max(from[index], ahead[index]) }
            } else {
                for index in 0..<valid { to[index] = min(from[index], ahead[index]) }
            }
            (to + valid).update(from: from + valid, count: count - valid)
            swap(&from, &to)
            reach += step
        }
        // Centre the windows again; those cut short at the near end are the first whole one's.
        let shift = window / 2 * stride
        (to + shift).update(from: from, count: count - shift)
        var start = 0
        while start < shift {
            (to + start).update(from: from, count: min(stride, shift - start))
            start += stride
        }
        return to == other
    }
}
