import Foundation

/// Standard output is data, standard error is talk.
enum Terminal {
    static var errorIsTerminal: Bool { isatty(STDERR_FILENO) == 1 }

    static var outputIsTerminal: Bool { isatty(STDOUT_FILENO) == 1 }

    /// Columns of the terminal: COLUMNS, or what it says itself; 80 where there is none.
    static var width: Int {
        if let text = ProcessInfo.processInfo.environment["COLUMNS"], let columns = Int(text), columns >= 20 {
            return columns
        }
        var size = winsize()
        return ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col >= 20 ? Int(size.ws_col) : 80
    }

    /// Many lines at once.
    static func print(_ lines: [String]) {
        if !lines.isEmpty { write(lines.joined(separator: "\n") + "\n", to: STDOUT_FILENO) }
    }

    static func print(_ line: String) { write(line + "\n", to: STDOUT_FILENO) }
    static func complain(_ line: String) { write(line + "\n", to: STDERR_FILENO) }

    /// One line that the next one overwrites; nothing when standard error is no terminal.
    static func progress(_ line: String) {
        guard errorIsTerminal else { return }
        write("\r\u{1B}[K" + line, to: STDERR_FILENO)
    }

    static func endProgress() {
        guard errorIsTerminal else { return }
        write("\r\u{1B}[K", to: STDERR_FILENO)
    }

    /// Lines that `erase` takes away again, each cut where the terminal ends; nothing when standard error is no terminal.
    static func draw(_ lines: [String]) {
        guard errorIsTerminal else { return }
        let width = width - 1
        write(lines.map { $0.prefix(width) + "\n" }.joined(), to: STDERR_FILENO)
    }

    static func erase(_ lines: Int) {
        guard errorIsTerminal, lines > 0 else { return }
        write("\u{1B}[\(lines)A\r\u{1B}[J", to: STDERR_FILENO)
    }

    static func bar(_ done: Int, of total: Int, _ what: String) -> String {
        let width = 24
        let filled = total > 0 ? done * width / total : 0
        return "[" + String(repeating: "#", count: filled) + String(repeating: ".", count: width - filled)
            + "] \(done)/\(total) \(what)"
    }

    private static func write(_ text: String, to descriptor: Int32) {
        let bytes = Array(text.utf8)
        var start = 0
        while start < bytes.count {
            let written = bytes[start...].withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
            if written < 0 {
                if errno == EINTR { continue }
                return
            }
            start += written
        }
    }
}
