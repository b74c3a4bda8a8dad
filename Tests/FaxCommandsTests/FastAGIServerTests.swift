import FaxModel
import Foundation
import Logging
import SpoolFiles
import Testing

@testable import FaxCommands

@Suite("faxd's ear for the dialplan")
struct FastAGIServerTests {
    /// Asterisk's control socket: somebody listens there, that is all.
    private static func control(_ directory: ScratchDirectory) throws -> AsteriskControl {
        let path = directory.path + "/asterisk.ctl"
        var address = try #require(UnixAddress.make(path))
        let listener = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        let bound = SocketAddress.with(&address) { bind(listener, $0, $1) }
        try #require(bound == 0 && listen(listener, 8) == 0)
        return AsteriskControl(socket: path)
    }

    /// What a user who greets as Asterisk does hears first.
    private static func hears(_ user: UInt32, _ port: Int) throws -> String {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/setpriv")
        process.arguments = [
            "--reuid=\(user)", "--clear-groups", "/bin/bash", "-c",
            "exec 3<>/dev/tcp/127.0.0.1/\(port); printf 'agi_request: x\\n\\n' >&3; head -n 1 <&3",
        ]
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        process.waitUntilExit()
        return String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    }

    @Test(
        "Asterisk's user is asked what it wants; anybody else gets not a word",
        .enabled(if: geteuid() == 0, "needs root, to be somebody else for a moment"))
    func users() throws {
        let directory = try ScratchDirectory()
        let server = try FastAGIServer(port: 0, control: try Self.control(directory), logger: Logger(label: "test"))
        server.start()
        defer { server.stop() }
        #expect(try Self.hears(geteuid(), server.port).hasPrefix("GET FULL VARIABLE \"sync-"))
        #expect(try Self.hears(65534, server.port) == "")
    }

    @Test(
        "Without an Asterisk to ask for nobody is heard: whose calls they are could not be recorded",
        .enabled(if: geteuid() == 0, "needs root, to be somebody else for a moment"))
    func noAsterisk() throws {
        let directory = try ScratchDirectory()
        let control = AsteriskControl(socket: directory.path + "/asterisk.ctl")
        let server = try FastAGIServer(port: 0, control: control, logger: Logger(label: "test"))
        server.start()
        defer { server.stop() }
        #expect(try Self.hears(geteuid(), server.port) == "")
    }

    @Test("A port that is taken is told of in one line, with what to do")
    func taken() throws {
        let control = AsteriskControl(socket: "/nowhere")
        let first = try FastAGIServer(port: 0, control: control, logger: Logger(label: "test"))
        defer { first.stop() }
        let error = #expect(throws: FaxError.self) {
            try FastAGIServer(port: first.port, control: control, logger: Logger(label: "test"))
        }
        #expect(error?.message.hasPrefix("asterisk.agi_port \(first.port): Address already in use; ") == true)
    }
}
