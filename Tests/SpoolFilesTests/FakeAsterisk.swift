import FaxModel
import Foundation
import SpoolFiles

/// Asterisk's end of an AGI session over two pipes, with the channel's variables as res_agi would answer them.
struct FakeAsterisk: Sendable {
    var variables: [String: [UInt8]] = [:]
    var greeting = "agi_request: fax-agi\nagi_channel: PJSIP/trunk-00000001\nagi_uniqueid: 1700000000.7\n\n"
    /// Bytes to send instead of the answer to the command of that number (0 is the first); nil closes the pipes.
    var replies: [Int: [UInt8]?] = [:]
    /// Milliseconds; longer than the program's own, for a machine that does ten other things.
    var patience: Int64 = 30_000

    struct Outcome: Sendable {
        var status: Int32
        var commands: [String]
        /// What the session set FAXGATE to; nil when it never did.
        var gate: String? {
            let prefix = "SET VARIABLE FAXGATE \""
            return commands.last { $0.hasPrefix(prefix) }.map { String($0.dropFirst(prefix.count).dropLast()) }
        }
        /// Whether the dialplan was told that it need not start the program.
        var isHeard: Bool { commands.contains("SET VARIABLE FAXHEARD \"yes\"") }
    }

    init(spool: SpoolLayout, _ texts: [String: String] = [:]) {
        variables = ["FAXSPOOL": spool.root, "UNIQUEID": "1700000000.7", "CHANNEL": "PJSIP/trunk-00000001"]
            .merging(texts) { $1 }.mapValues { Array($0.utf8) }
    }

    /// Runs `fax-agi` with these arguments against this Asterisk.
    func run(_ arguments: String...) async -> Outcome {
        let toProgram = Pipe()
        let toAsterisk = Pipe()
        let patience = patience
        async let status = blocking {
            let status = FaxAGI.run(
                arguments: arguments, input: toProgram.fileHandleForReading.fileDescriptor,
                output: toAsterisk.fileHandleForWriting.fileDescriptor, patience: patience)
            // As the kernel does when a program ends.
            try? toAsterisk.fileHandleForWriting.close()
            try? toProgram.fileHandleForReading.close()
            return status
        }
        async let commands = blocking { serve(toProgram.fileHandleForWriting, toAsterisk.fileHandleForReading) }
        return await Outcome(status: status, commands: commands)
    }

    /// Asks over a connection (FastAGI), by a Gosub with these arguments.
    func ask(_ arguments: String...) async -> Outcome {
        var ends: [Int32] = [0, 0]
        precondition(socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &ends) == 0)
        let (near, far) = (ends[0], FileHandle(fileDescriptor: ends[1], closeOnDealloc: true))
        var asterisk = self
        for (index, argument) in arguments.enumerated() { asterisk.variables["ARG\(index + 1)"] = Array(argument.utf8) }
        async let status = blocking {
            defer { close(near) }
            do throws(FaxError) {
                try FaxAGI.answer(near, asterisk: .current())
                return Int32(0)
            } catch { return error.code.rawValue }
        }
        async let commands = blocking { [asterisk] in asterisk.serve(far, far) }
        return await Outcome(status: status, commands: commands)
    }

    private func serve(_ output: FileHandle, _ input: FileHandle) -> [String] {
        signal(SIGPIPE, SIG_IGN)
        var commands: [String] = []
        var pending = Data()
        try? output.write(contentsOf: Data(greeting.utf8))
        var open = true
        while true {
            while let end = pending.firstIndex(of: 10) {
                let command = String(decoding: pending[pending.startIndex..<end], as: UTF8.self)
                pending = pending[(end + 1)...]
                let reply = replies[commands.count] ?? answer(to: command)
                commands.append(command)
                guard open else { continue }
                if let reply {
                    try? output.write(contentsOf: Data(reply))
                } else {
                    try? output.close()
                    open = false
                }
            }
            let more = input.availableData
            if more.isEmpty { return commands }
            pending += more
        }
    }

    private func answer(to command: String) -> [UInt8]? {
        let plain = "GET FULL VARIABLE \"${URIENCODE(${"
        let far = plain + "REPLACE("
        let value: [UInt8]
        if command.hasPrefix(far) {
            let name = command.dropFirst(far.count).dropLast(",:,\u{1F})})}\"".count)
            value = (variables[String(name)] ?? []).map { $0 == 58 ? 31 : $0 }
        } else if command.hasPrefix(plain) {
            value = variables[String(command.dropFirst(plain.count).dropLast("})}\"".count))] ?? []
        } else if command.hasPrefix("GET FULL VARIABLE \"") {
            return Array("200 result=1 (\(command.dropFirst(19).dropLast()))\n".utf8)
        } else {
            return Array("200 result=1\n".utf8)
        }
        let encoded = value.map { byte in
            let scalar = Character(Unicode.Scalar(byte))
            return scalar.isASCII && (scalar.isLetter || scalar.isNumber || "-_.~".contains(scalar))
                ? String(scalar) : String(format: "%%%02X", byte)
        }
        return Array("200 result=1 (\(encoded.joined()))\n".utf8)
    }
}
