import FoundationEssentials
import Glibc
import Testing

@testable import FaxRig

@Suite("A tethered process")
struct TetheredProcessTests {
    private func withDirectory(_ body: (String) async throws -> Void) async throws {
        let path = FileManager.default.temporaryDirectory.path + "/tether-test-\(UUID().uuidString)"
        try FileTree.makeDirectory(path)
        defer { try? FileTree.remove(path) }
        try await body(path)
    }

    @Test("It runs until we let go, and then the program is told to end")
    func end() async throws {
        try await withDirectory { directory in
            let script = "trap 'echo told; exit' TERM; echo up; while :; do sleep 0.05; done"
            let tether = try TetheredProcess(
                role: "t", program: ["/bin/sh", "-c", script], environment: ["PATH": "/usr/bin:/bin"],
                output: directory + "/log")
            func said() -> String { (try? FileTree.text(directory + "/log")) ?? "" }
            try await RigClock.wait(for: "the program", seconds: 60) { said() == "up\n" }
            let child = try #require(tether.child)
            #expect(tether.isRunning && child.isRunning)
            try await tether.end()
            #expect(!tether.isRunning && !child.isRunning)
            #expect(said() == "up\ntold\n")
        }
    }
}
