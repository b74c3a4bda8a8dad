import FaxCommands
import Foundation
import Testing

/// What a user's mistake ends with: an exit code that scripts can rely on, and nothing half done.
@Suite struct CommandLineTests {
    /// A settings file and a spool of a test's own, named by `--config`.
    private func withSettings(_ text: String, _ body: (_ config: String, _ directory: String) async throws -> Void)
        async throws
    {
        let directory = NSTemporaryDirectory() + "callfax-commands-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: directory + "/spool", withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let config = directory + "/callfax.yaml"
        let source = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().path
        let settings = """
            spool: \(directory)/spool
            asterisk: {outgoing: \(directory)/outgoing, staging: \(directory)/staged}
            sending:
              templates: \(source)/callfile-templates
            \(text)
            """
        try Data(settings.utf8).write(to: URL(fileURLWithPath: config))
        try await body(config, directory)
    }

    private static let trunk = "  trunk: trunk\n  station_id: Test"

    @Test(
        "no program, or one that isn't there, is a usage error",
        arguments: [[], ["callfax"], ["callfax", "fax-copy"], ["/x/fax"]])
    func programs(line: [String]) async {
        #expect(await Tools.exitCode(line) == 64)
    }

    @Test(
        "what can't be understood is a usage error",
        arguments: [
            [], ["x.pdf"], ["-d", "1"], ["-d", "abc", "x.pdf"], ["-d", "1", "-B", "12000", "x.pdf"],
            ["-d", "1", "-l", "-m", "x.pdf"], ["-d", "1", "-s", "a5", "x.pdf"], ["-d", "1", "--wait=0", "x.pdf"],
            ["-d", "1", "-S", "far too long for a station id", "x.pdf"], ["-d", "1", "--preview", "x.gif", "x.pdf"],
            ["-d", "1", "-", "-"], ["-d", "1", "--tag", "a\nb", "x.pdf"],
            ["-d", "1", "--caller-id", "a;b <1>", "x.pdf"],
        ])
    func usage(arguments: [String]) async throws {
        try await withSettings(Self.trunk) { config, directory in
            #expect(await Tools.exitCode(["fax-send", "--config", config] + arguments) == 64)
            let left = try FileManager.default.contentsOfDirectory(atPath: directory + "/spool")
            #expect(left.isEmpty)
        }
    }

    @Test("a document that can't be sent leaves no job and has a code of its own")
    func documents() async throws {
        try await withSettings(Self.trunk) { config, directory in
            let text = directory + "/letter.pdf"
            try Data("<html>Dear Sir or Madam".utf8).write(to: URL(fileURLWithPath: text))
            #expect(await Tools.exitCode(["fax-send", "--config", config, "-d", "1", text]) == 65)
            #expect(await Tools.exitCode(["fax-send", "--config", config, "-d", "1", directory + "/none.pdf"]) == 66)
            #expect(await Tools.exitCode(["fax-queue", "show", "1", "--config", config]) == 65)
            #expect(try FileManager.default.contentsOfDirectory(atPath: directory + "/spool/documents").isEmpty)
        }
    }

    @Test("settings that are missing, wrong or incomplete end with 78")
    func settings() async throws {
        #expect(await Tools.exitCode(["fax-send", "--config", "/nonexistent.yaml", "-d", "1", "x.pdf"]) == 78)
        try await withSettings("") { config, _ in
            #expect(await Tools.exitCode(["fax-send", "--config", config, "-d", "1", "x.pdf"]) == 78)
        }
        try await withSettings("unknown: 1") { config, _ in
            #expect(await Tools.exitCode(["fax-queue", "--config", config]) == 78)
        }
    }

    @Test("a spool that isn't there is 73, and somebody else's without a faxd to ask is 69")
    func spool() async throws {
        try await withSettings(Self.trunk) { config, directory in
            try FileManager.default.removeItem(atPath: directory + "/spool")
            #expect(await Tools.exitCode(["fax-queue", "--config", config]) == 73)
            let root = directory + "/root.yaml"
            // A directory that belongs to another user than the one that runs this test.
            let stranger = geteuid() == 0 ? directory + "/theirs" : "/usr"
            if geteuid() == 0 {
                try FileManager.default.createDirectory(atPath: stranger, withIntermediateDirectories: false)
                #expect(chown(stranger, 65_534, 65_534) == 0)
            }
            try Data("spool: \(stranger)\nsocket: \(directory)/none\n".utf8).write(to: URL(fileURLWithPath: root))
            #expect(await Tools.exitCode(["fax-queue", "--config", root]) == 69)
        }
    }

    @Test("asking for help is no error", arguments: ["fax-send", "fax-queue", "fax-inbox", "fax-check", "fax-rig"])
    func help(program: String) async {
        #expect(await Tools.exitCode([program, "--help"]) == 0)
    }
}
