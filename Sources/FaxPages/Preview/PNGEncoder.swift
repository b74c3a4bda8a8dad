import CZlib

/// A PNG of one or two bits a pixel, made row by row (ISO/IEC 15948).
struct PNGEncoder {
    /// Whole chunks that nobody took yet.
    private var ready: [UInt8] = []
    private let bytesPerRow: Int
    private var row: [UInt8]
    private let deflate = Deflate()

    /// `bits` of each pixel, 1 or 2: 0 is white, the highest value black.
    init(width: Int, height: Int, pixelsPerInch: Int, bits: Int = 1) {
        ready = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
        let size = Self.big(UInt32(width)) + Self.big(UInt32(height))
        ready += Self.chunk("IHDR", size + [UInt8(bits), 0, 0, 0, 0])
        let perMetre = Self.big(UInt32((Double(pixelsPerInch) / 0.0254).rounded()))
        ready += Self.chunk("pHYs", perMetre + perMetre + [1])
        bytesPerRow = (width * bits + 7) / 8
        // Filter type 0 stands before each row.
        row = [UInt8](repeating: 0, count: bytesPerRow + 1)
    }

    /// What is finished so far, once.
    mutating func take() -> [UInt8] {
        defer { ready = [] }
        return ready
    }

    /// Adds a row.
    mutating func add(row bytes: ArraySlice<UInt8>) {
        precondition(bytes.count == bytesPerRow, "a row must have the picture's width")
        var place = 1
        for byte in bytes {
            // PNG's grey 0 is black.
            row[place] = ~byte
            place += 1
        }
        row.withUnsafeBufferPointer { deflate.add($0) }
        if deflate.output.count >= 1 << 15 { ready += Self.chunk("IDAT", deflate.take()) }
    }

    /// Ends the picture; the rest of it can be taken then.
    mutating func finish() {
        deflate.finish()
        ready += Self.chunk("IDAT", deflate.take())
        ready += Self.chunk("IEND", [])
    }

    private static func chunk(_ type: String, _ data: [UInt8]) -> [UInt8] {
        let body = Array(type.utf8) + data
        let check = UInt32(truncatingIfNeeded: crc32(0, body, UInt32(body.count)))
        return big(UInt32(data.count)) + body + big(check)
    }

    private static func big(_ value: UInt32) -> [UInt8] {
        [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> $0) }
    }
}
