import FaxModel
import Foundation
import Glibc
import SpoolFiles

/// A channel on which `fax-agi` is run: its variables, answered as res_agi does.
struct AGIChannel: Sendable {
    var variables: [String: String]

    init(spool: SpoolLayout, uniqueid: String, channel: String, _ more: [String: String] = [:]) {
        variables = ["FAXSPOOL": spool.root, "UNIQUEID": uniqueid, "CHANNEL": channel].merging(more) { $1 }
    }

    /// Runs one session and returns what it set FAXGATE to.
    func run(_ arguments: [String], asterisk: ProcessIdentity, now: UnixTime) throws -> String? {
        var ends: [Int32] = [0, 0]
        guard socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0, &ends) == 0 else {
            throw FaxError(.inputOutput, "no socket pair", errno: errno)
        }
        let ours = ends[1]
        let server = Server(variables: variables)
        DispatchQueue.global(qos: .userInitiated).async { server.serve(ours) }
        let status = FaxAGI.run(
            arguments: arguments, input: ends[0], output: ends[0], asterisk: asterisk, now: now, patience: 60_000)
        close(ends[0])
        server.done.wait()
        close(ours)
        guard status == 0 else { throw FaxError(.software, "fax-agi \(arguments) ended with \(status)") }
        return server.gate
    }

    private final class Server: @unchecked Sendable {
        let variables: [String: String]
        let done = DispatchSemaphore(value: 0)
        /// Read after `done` alone.
        private(set) var gate: String?

        init(variables: [String: String]) { self.variables = variables }

        func serve(_ descriptor: Int32) {
            defer { done.signal() }
            send("agi_request: fax-agi\n\n", to: descriptor)
            var pending: [UInt8] = []
            var chunk = [UInt8](repeating: 0, count: 4096)
            while true {
                let count = read(descriptor, &chunk, chunk.count)
                if count <= 0 { return }
                pending += chunk[..<count]
                while let end = pending.firstIndex(of: 10) {
                    let command = String(decoding: pending[..<end], as: UTF8.self)
                    pending.removeSubrange(...end)
                    send(answer(to: command), to: descriptor)
                }
            }
        }

        private func send(_ text: String, to descriptor: Int32) {
            let bytes = Array(text.utf8)
            _ = Glibc.send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL))
        }

        private func answer(to command: String) -> String {
            let get = "GET FULL VARIABLE \""
            let gate = "SET VARIABLE FAXGATE \""
            if command.hasPrefix(gate) { self.gate = String(command.dropFirst(gate.count).dropLast()) }
            guard command.hasPrefix(get) else { return "200 result=1\n" }
            var name = command.dropFirst(get.count).dropLast()
            let encoded = "${URIENCODE(${"
            guard name.hasPrefix(encoded) else { return "200 result=1 (\(name))\n" }
            name = name.dropFirst(encoded.count).dropLast("})}".count)
            if name.hasPrefix("REPLACE(") { name = name.dropFirst("REPLACE(".count).dropLast(",:,\u{1F})".count) }
            let value = (variables[String(name)] ?? "").utf8.map { byte in
                let isPlain = byte >= 48 && byte < 58 || byte >= 65 && byte < 91 || byte >= 97 && byte < 123
                return isPlain ? String(Unicode.Scalar(byte)) : "%" + String(Int(byte) | 256, radix: 16).dropFirst()
            }
            return "200 result=1 (\(value.joined()))\n"
        }
    }
}
