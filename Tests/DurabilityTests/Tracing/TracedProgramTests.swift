import Foundation
import Testing

/// The instrument itself: it sees what a program changes, and kills before that happens.
@Suite struct TracedProgramTests {
    private func inDirectory(_ body: @escaping @Sendable (String) throws -> Void) async throws {
        let directory = "/tmp/callfax-trace-\(UUID().uuidString.prefix(8))"
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: directory) }
        try await KillProof.onThread { try body(directory) }
    }

    private func script(_ directory: String) -> TracedProgram {
        let text = """
            import os, sys, threading
            at = sys.argv[1] + "/"
            os.mkdir(at + "made")
            def work():
                d = os.open(at + "file", os.O_CREAT | os.O_WRONLY)
                os.write(d, b"contents")
                os.fsync(d)
            t = threading.Thread(target=work); t.start(); t.join()
            os.rename(at + "file", at + "renamed")
            os.write(1, b"done")
            """
        return TracedProgram(
            path: "/usr/bin/python3", arguments: ["-ISc", text, directory], output: directory + "/out")
    }

    @Test("changes of all threads are seen in order, with what they are about")
    func seen() async throws {
        try await inDirectory { directory in
            let trace = try script(directory).run()
            let calls = trace.calls.filter { $0.path.hasPrefix(directory) }
            #expect(trace.status == 0)
            #expect(calls.map(\.kind) == [.create, .create, .write, .sync, .rename, .write])
            #expect(calls.allSatisfy { $0.succeeded == true })
            #expect(calls[2].text == "contents" && calls[2].path == directory + "/file")
            #expect(calls[4].from == directory + "/file" && calls[4].path == directory + "/renamed")
        }
    }

    @Test("a program killed before a change has not made it; one killed within a write has made half of it")
    func killed() async throws {
        try await inDirectory { directory in
            let whole = try script(directory).run()
            func index(_ wanted: (SystemCall) -> Bool) throws -> Int {
                let index = whole.calls.firstIndex(where: wanted)
                return try #require(index)
            }
            func again(_ point: KillPoint) throws -> Trace {
                try FileManager.default.removeItem(atPath: directory)
                try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
                return try script(directory).run(killedAt: point)
            }
            func names() throws -> [String] { try FileManager.default.contentsOfDirectory(atPath: directory).sorted() }
            #expect(try again(.before(index { $0.path.hasSuffix("/made") })).wasKilled)
            #expect(try names() == ["out"])
            #expect(try again(.within(index { $0.text == "contents" })).wasKilled)
            #expect(try String(contentsOfFile: directory + "/file", encoding: .utf8) == "cont")
            #expect(try again(.before(index { $0.kind == .rename })).wasKilled)
            #expect(try names() == ["file", "made", "out"])
            #expect(try again(.before(index { $0.text == "done" })).wasKilled)
            #expect(try names() == ["made", "out", "renamed"])
            #expect(try String(contentsOfFile: directory + "/out", encoding: .utf8).isEmpty)
            #expect(try !again(.before(1000)).wasKilled)
        }
    }

    @Test("the ledger holds what a power cut could undo, and lets go of it with the sync of file and directory")
    func ledger() {
        var ledger = DurabilityLedger(root: "/r", isVolatile: { $0.hasSuffix(".lock") })
        func add(_ kind: SystemCall.Kind, _ path: String, from: String? = nil) {
            ledger.add(SystemCall(kind: kind, path: path, from: from, succeeded: true))
        }
        add(.create, "/r/d/.tmp")
        add(.write, "/r/d/.tmp")
        add(.create, "/r/x.lock")
        add(.write, "/elsewhere")
        #expect(ledger.open == ["contents of /r/d/.tmp", "name of /r/d/.tmp"])
        add(.rename, "/r/d/file", from: "/r/d/.tmp")
        #expect(ledger.open == ["contents of /r/d/file", "name of /r/d/file"])
        add(.sync, "/r/d/file")
        #expect(ledger.open == ["name of /r/d/file"])
        ledger.add(SystemCall(kind: .sync, path: "/r/d", succeeded: false))
        #expect(ledger.open == ["name of /r/d/file"])
        add(.sync, "/r/d")
        #expect(ledger.open.isEmpty)
    }
}
