import CZlib

/// Bytes compressed as PNG and FlateDecode have them (RFC 1950, RFC 1951), by zlib.
final class Deflate {
    /// What is finished so far.
    private(set) var output: [UInt8] = []
    private let stream: UnsafeMutablePointer<z_stream>

    init() {
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        // Runs and words that come again are all that there is in what is compressed here: more effort finds little more.
        // It fails for want of memory only, or with another zlib than this was built for.
        let answer = deflateInit_(
            stream, Z_BEST_SPEED, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
        precondition(answer == Z_OK, "zlib can't begin: \(answer)")
    }

    deinit {
        deflateEnd(stream)
        stream.deallocate()
    }

    /// All at once.
    static func zlib(_ bytes: [UInt8]) -> [UInt8] {
        let deflate = Deflate()
        bytes.withUnsafeBufferPointer { deflate.add($0) }
        deflate.finish()
        return deflate.output
    }

    /// What is finished so far, once.
    func take() -> [UInt8] {
        defer { output.removeAll(keepingCapacity: true) }
        return output
    }

    func add(_ bytes: UnsafeBufferPointer<UInt8>) { run(bytes, Z_NO_FLUSH) }

    /// Writes what is left, and the check sum.
    func finish() { run(UnsafeBufferPointer(start: nil, count: 0), Z_FINISH) }

    private func run(_ bytes: UnsafeBufferPointer<UInt8>, _ flush: Int32) {
        // zlib takes a pointer that may be written through, but only reads from it (zlib.h).
        stream.pointee.next_in = UnsafeMutablePointer(mutating: bytes.baseAddress)
        stream.pointee.avail_in = UInt32(bytes.count)
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 1 << 14) { room in
            repeat {
                stream.pointee.next_out = room.baseAddress
                stream.pointee.avail_out = UInt32(room.count)
                deflate(stream, flush)
                output.append(contentsOf: room[..<(room.count - Int(stream.pointee.avail_out))])
                // Room that is left says that nothing is to come.
            } while stream.pointee.avail_out == 0
        }
    }
}
