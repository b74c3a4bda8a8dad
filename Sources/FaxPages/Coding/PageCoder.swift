import FaxModel

/// Pages to the bits of T.4 and T.6, as a TIFF strip has them.
///
/// T.4 has an EOL before each line that ends at a byte (TIFF class F) and no RTC; T.6 ends with its EOFB.
/// The bytes are those that libtiff's coder makes, at a fraction of its time.
struct PageCoder {
    let coding: FaxTIFFWriter.Coding
    /// Lines of T.4 two-dimensional of which one is one-dimensional (T.4 §4.2.1).
    private let lines: Int

    init(_ coding: FaxTIFFWriter.Coding, _ resolution: Resolution) {
        self.coding = coding
        lines = resolution == .standard ? 2 : 4
    }

    /// The coded page, in each byte the first bit lowest.
    func code(_ page: PageBits) -> [UInt8] {
        var bytes = codeHighestFirst(page)
        let reversed = Self.reversed
        for index in bytes.indices { bytes[index] = reversed[Int(bytes[index])] }
        return bytes
    }

    /// The coded page, in each byte the first bit highest.
    func codeHighestFirst(_ page: PageBits) -> [UInt8] {
        var out = BitWriter()
        write(page, aligned: true, &out)
        return out.finish()
    }

    /// Bits that a call carries of it: as `code`, but with no fill.
    func lineBits(_ page: PageBits) -> Int {
        var out = BitWriter()
        write(page, aligned: false, &out)
        return out.bitCount
    }

    private func write(_ page: PageBits, aligned: Bool, _ out: inout BitWriter) {
        let codes = RunCodes.tables
        var changes = ColourChanges(width: page.width)
        var above = ColourChanges(width: page.width)
        let (width, bytesPerRow) = (Int32(page.width), page.bytesPerRow)
        page.bytes.withUnsafeBufferPointer { bytes in
            for y in 0..<page.rows {
                if let base = bytes.baseAddress { changes.read(base + y * bytesPerRow, bytes: bytesPerRow) }
                out.makeRoom(forRowOf: page.width)
                switch coding {
                case .g3OneDimensional:
                    if aligned { out.align(leaving: 4) }
                    out.write(1, 12)
                    Self.oneDimensional(changes, width, codes, &out)
                case .g3TwoDimensional:
                    if aligned { out.align(leaving: 4) }
                    let isOneDimensional = y % lines == 0
                    out.write(isOneDimensional ? 3 : 2, 13)
                    if isOneDimensional {
                        Self.oneDimensional(changes, width, codes, &out)
                    } else {
                        Self.twoDimensional(changes, above, width, codes, &out)
                    }
                case .g4: Self.twoDimensional(changes, above, width, codes, &out)
                }
                swap(&changes, &above)
            }
        }
        if coding == .g4 { out.endFacsimileBlock() }
    }

    /// Runs of white and black in turn, beginning with white.
    private static func oneDimensional(
        _ changes: ColourChanges, _ width: Int32, _ codes: RunCodes.Tables, _ out: inout BitWriter
    ) {
        changes.places.withUnsafeBufferPointer { places in
            var position: Int32 = 0
            var isBlack = false
            var index = 0
            repeat {
                let end = places[index]
                run(end - position, isBlack, codes, &out)
                (position, isBlack) = (end, !isBlack)
                index += 1
            } while position < width
        }
    }

    /// The code of a run, of any length.
    @inline(__always)
    static func run(_ length: Int32, _ isBlack: Bool, _ codes: RunCodes.Tables, _ out: inout BitWriter) {
        let codes = isBlack ? codes.black : codes.white
        var length = Int(length)
        while length > RunCodes.longest {
            // 2560 without a terminating code.
            out.write(0b0000_0001_1111, 12)
            length -= 2560
        }
        out.write(codes[length])
    }

    /// T.4 §4.2.1.3, T.6 §2.2: each change by what the line above has near it.
    private static func twoDimensional(
        _ changes: ColourChanges, _ above: ColourChanges, _ width: Int32, _ codes: RunCodes.Tables,
        _ out: inout BitWriter
    ) {
        changes.places.withUnsafeBufferPointer { own in
            above.places.withUnsafeBufferPointer { above in
                var start: Int32 = -1
                var isBlack = false
                var (next, reference) = (0, 0)
                while start < width {
                    // b1: the first change above, right of a0, towards the opposite of a0's colour.
                    while reference > 0, above[reference - 1] > start { reference -= 1 }
                    while above[reference] <= start && above[reference] < width { reference += 1 }
                    if reference & 1 != (isBlack ? 1 : 0), above[reference] < width { reference += 1 }
                    let (b1, b2) = (above[reference], above[reference] < width ? above[reference + 1] : width)
                    let a1 = own[next]
                    if b2 < a1 {
                        out.write(1, 4)
                        start = b2
                        continue
                    }
                    let shift = a1 - b1
                    if shift >= -3, shift <= 3 {
                        let (bits, length) = vertical(shift)
                        out.write(bits, length)
                        start = a1
                        isBlack.toggle()
                        next += 1
                    } else {
                        let a2 = a1 < width ? own[next + 1] : width
                        out.write(1, 3)
                        run(a1 - max(0, start), isBlack, codes, &out)
                        run(a2 - a1, !isBlack, codes, &out)
                        start = a2
                        next += 2
                    }
                    if start >= width { break }
                }
            }
        }
    }

    /// The code of a vertical mode: a1 - b1, from -3 to 3 (T.4 table 4).
    @inline(__always)
    static func vertical(_ shift: Int32) -> (UInt32, UInt32) {
        switch shift {
        case 0: (1, 1)
        case 1: (0b011, 3)
        case 2: (0b000011, 6)
        case 3: (0b0000011, 7)
        case -1: (0b010, 3)
        case -2: (0b000010, 6)
        default: (0b0000010, 7)
        }
    }

    private static let reversed: [UInt8] = (0..<256).map { value in
        var result: UInt8 = 0
        for bit in 0..<8 where value & 1 << bit != 0 { result |= 0x80 >> UInt8(bit) }
        return result
    }
}
