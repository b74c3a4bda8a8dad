import FaxModel
import FoundationEssentials
import Glibc
import Testing

@testable import FaxRig

@Suite("The rig's processes")
struct RigProcessTests {
    /// A directory of its own for one test.
    func withDirectory(_ body: (String) async throws -> Void) async throws {
        let path = FileManager.default.temporaryDirectory.path + "/rig-test-\(UUID().uuidString)"
        try FileTree.makeDirectory(path)
        defer { try? FileTree.remove(path) }
        try await body(path)
    }

    func sleeper(in directory: String) throws -> RigProcess {
        try RigProcess.start(
            role: "t", arguments: ["/usr/bin/sleep", "60"], environment: [:], output: directory + "/log")
    }

    @Test("One that was started runs, is stopped, and is gone")
    func life() async throws {
        try await withDirectory { directory in
            let process = try sleeper(in: directory)
            #expect(process.isRunning)
            #expect(getsid(process.identity.pid) == process.identity.pid)
            try await process.stop()
            #expect(!process.isRunning)
        }
    }

    @Test("Another process that got its number is left alone")
    func reused() async throws {
        try await withDirectory { directory in
            let process = try sleeper(in: directory)
            var stranger = process.identity
            stranger.startTicks = 1
            #expect(!stranger.signal(SIGKILL))
            #expect(process.isRunning)
            try await process.end()
        }
    }

    @Test("Its record is found again by its role")
    func records() async throws {
        try await withDirectory { directory in
            let process = try sleeper(in: directory)
            let records = ProcessRecords(directory: directory)
            try records.add(process)
            #expect(records["t"] == process)
            #expect(records.all == [process])
            try await process.end()
        }
    }

    @Test("It inherits none of our open files")
    func descriptors() async throws {
        try await withDirectory { directory in
            let leak = open(directory, O_RDONLY)
            defer { close(leak) }
            let process = try sleeper(in: directory)
            // sleep is at work once its libraries are closed again.
            try await RigClock.wait(for: "sleep to have three descriptors", seconds: 5) {
                FileTree.names(in: "/proc/\(process.identity.pid)/fd") == ["0", "1", "2"]
            }
            try await process.end()
        }
    }

    @Test("A command's exit code, signal and outputs are its result")
    func results() async throws {
        let failed = try await Command(["/bin/sh", "-c", "cat; echo no >&2; exit 3"], input: Array("in".utf8)).run()
        #expect(failed.status == 3)
        #expect(failed.text == "in")
        #expect(failed.errorText == "no\n")
        #expect(throws: FaxError.self) { try failed.checked("a test") }
        #expect(try await Command(["/bin/sh", "-c", "kill -9 $$"]).run().status == 128 + 9)
    }

    @Test("A command that takes too long is ended")
    func tooLong() async throws {
        await #expect(throws: FaxError.self) {
            try await Command(["/usr/bin/sleep", "60"], limit: .milliseconds(100)).run()
        }
    }

    @Test("A lock is seen without being touched")
    func lock() async throws {
        try await withDirectory { directory in
            let path = directory + "/lock"
            #expect(!FileLock.isHeld(path))
            let lock = try #require(try FileLock(path, waiting: false))
            #expect(FileLock.isHeld(path))
            #expect(try FileLock(path, waiting: false) == nil)
            lock.releaseAndRemove()
            #expect(!FileLock.isHeld(path))
        }
    }
}
