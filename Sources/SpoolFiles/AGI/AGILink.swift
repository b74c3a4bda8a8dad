import FaxModel

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// The two pipes to Asterisk, or the one connection, line by line, every wait bounded by one deadline and every size by a
/// limit.
struct AGILink {
    /// Bytes of a line that are kept; the rest of a longer one is read and dropped.
    static let lineLimit = 6144
    /// Bytes that one session may send us.
    static let sessionLimit = 262_144

    private let input: Int32
    private let output: Int32
    /// In milliseconds of CLOCK_MONOTONIC.
    var deadline: Int64
    private var buffer: [UInt8] = []
    private var start = 0
    private(set) var received = 0

    private var isConnection: Bool { input == output }

    init(input: Int32, output: Int32, deadline: Int64) {
        self.input = input
        self.output = output
        self.deadline = deadline
    }

    /// The next line without its newline, cut at `lineLimit`. Throws at the end of the input and at the deadline.
    mutating func readLine() throws(FaxError) -> [UInt8] {
        var line: [UInt8] = []
        while true {
            let waiting = buffer[start...]
            let end = waiting.firstIndex(of: UInt8(ascii: "\n"))
            line += waiting[..<(end ?? waiting.endIndex)].prefix(Self.lineLimit - line.count)
            if let end {
                start = end + 1
                if line.last == UInt8(ascii: "\r") { line.removeLast() }
                return line
            }
            try fill()
        }
    }

    private mutating func fill() throws(FaxError) {
        try wait(for: input, events: Int16(POLLIN))
        var chunk = [UInt8](repeating: 0, count: 4096)
        let count = chunk.withUnsafeMutableBytes { read(input, $0.baseAddress, $0.count) }
        if count < 0 {
            if lastError == EINTR || lastError == EAGAIN {
                buffer = []
                start = 0
                return
            }
            throw .system("read from", "Asterisk", errno: lastError)
        }
        guard count > 0 else { throw FaxError(.inputOutput, "Asterisk closed its end") }
        received += count
        guard received <= Self.sessionLimit else { throw FaxError(.data, "too much text from Asterisk") }
        buffer = Array(chunk[..<count])
        start = 0
    }

    mutating func writeLine(_ text: String) throws(FaxError) {
        let bytes = Array(text.utf8) + [UInt8(ascii: "\n")]
        var written = 0
        while written < bytes.count {
            try wait(for: output, events: Int16(POLLOUT))
            // A pipe that poll calls writable takes at least PIPE_BUF bytes at once: a chunk of that size can't block.
            let chunk = min(bytes.count - written, 512)
            let count = bytes.withUnsafeBytes { bytes in
                let rest = bytes.baseAddress! + written
                // A connection that Asterisk has closed is no reason to end the whole of faxd (SIGPIPE).
                return isConnection ? send(output, rest, chunk, Int32(MSG_NOSIGNAL)) : write(output, rest, chunk)
            }
            if count < 0 {
                if lastError == EINTR || lastError == EAGAIN { continue }
                throw .system("write to", "Asterisk", errno: lastError)
            }
            written += count
        }
    }

    private func wait(for descriptor: Int32, events: Int16) throws(FaxError) {
        while true {
            let left = deadline - Clock.monotonicMilliseconds()
            guard left > 0 else { throw FaxError(.unavailable, "Asterisk did not answer in time") }
            var request = pollfd(fd: descriptor, events: events, revents: 0)
            let ready = poll(&request, 1, Int32(clamping: left))
            if ready > 0 { return }
            if ready < 0, lastError != EINTR { throw .system("wait for", "Asterisk", errno: lastError) }
        }
    }
}
