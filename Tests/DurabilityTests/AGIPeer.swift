import Foundation
import Synchronization

/// Asterisk's end of an AGI session over two FIFOs, for a fax-agi that is killed in the midst.
final class AGIPeer: Sendable {
    let input: String
    let output: String
    private let variables: [String: String]
    private let commands = Mutex<[String]>([])
    private let over = DispatchSemaphore(value: 0)

    /// Makes the FIFOs in `directory`. Both ends are opened here for reading and writing, so that neither side waits.
    init(directory: String, variables: [String: String]) throws {
        (input, output) = (directory + "/agi-in", directory + "/agi-out")
        self.variables = variables
        for path in [input, output] {
            unlink(path)
            guard mkfifo(path, 0o600) == 0 else { throw TracedProgram.Failure(description: "no FIFO at \(path)") }
        }
        let (to, from) = (open(input, O_RDWR | O_CLOEXEC), open(output, O_RDWR | O_CLOEXEC))
        guard to >= 0, from >= 0 else { throw TracedProgram.Failure(description: "can't open the FIFOs") }
        Thread { [self] in
            serve(
                FileHandle(fileDescriptor: to, closeOnDealloc: true),
                FileHandle(fileDescriptor: from, closeOnDealloc: true))
            over.signal()
        }.start()
    }

    /// Whether fax-agi said that the call may transmit.
    var saidGo: Bool { commands.withLock { $0.contains { $0.hasPrefix("SET VARIABLE FAXGATE \"go-") } } }

    /// Reads what is left and lets go of the FIFOs.
    func close() {
        let end = open(output, O_WRONLY | O_CLOEXEC)
        _ = write(end, "\nTHE END\n", 9)
        over.wait()
        Foundation.close(end)
    }

    private func serve(_ to: FileHandle, _ from: FileHandle) {
        try? to.write(contentsOf: Data("agi_request: fax-agi\nagi_uniqueid: 1\n\n".utf8))
        var pending = Data()
        while true {
            pending += from.availableData
            while let end = pending.firstIndex(of: 10) {
                let line = String(decoding: pending[pending.startIndex..<end], as: UTF8.self)
                pending = Data(pending[(end + 1)...])
                if line == "THE END" { return }
                if line.isEmpty { continue }
                commands.withLock { $0.append(line) }
                try? to.write(contentsOf: Data("200 result=1 (\(answer(line)))\n".utf8))
            }
        }
    }

    private func answer(_ line: String) -> String {
        let plain = "GET FULL VARIABLE \"${URIENCODE(${"
        guard line.hasPrefix(plain) else {
            let sync = "GET FULL VARIABLE \""
            return line.hasPrefix(sync) ? String(line.dropFirst(sync.count).dropLast()) : ""
        }
        let name = line.dropFirst(plain.count).replacing("REPLACE(", with: "").prefix { !",})".contains($0) }
        let text = variables[String(name)] ?? ""
        return text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
    }
}
