import FaxModel
import FaxPages
import FaxRig
import FaxSettings
import Foundation
import SpoolFiles

/// A server that sends: the real programs, real files, full durability, and nobody who dials.
struct BenchSite {
    let programs: RigPrograms
    let root: String
    let installation: Installation

    /// Made in `directory` under that name.
    init(
        _ programs: RigPrograms, _ name: String, in directory: String, lines: Int = 30, cacheBytes: Int = 200_000_000
    ) throws {
        self.programs = programs
        root = directory + "/" + name
        for place in ["spool", "outgoing", "outgoing_done", "callfax-staged"] {
            try FileManager.default.createDirectory(atPath: "\(root)/\(place)", withIntermediateDirectories: true)
        }
        let text = """
            spool: \(root)/spool
            socket: \(root)/faxd.sock
            asterisk: {outgoing: \(root)/outgoing}
            sending:
              trunk: trunk
              lines: \(lines)
              cache_bytes: \(cacheBytes)
              station_id: Bench
              header: Bench
              templates: \(try RigOption.checkout)/callfile-templates
            """
        try text.write(toFile: root + "/callfax.yaml", atomically: true, encoding: .utf8)
        installation = try Installation(Settings.read(path: root + "/callfax.yaml", hostName: "bench"))
        try letter()
    }

    /// A letter of one page.
    var document: String { root + "/letter.pdf" }

    /// Writes the letter, with a line that no other has: what was drawn before would come out of the cache.
    func letter(number: Int = 0) throws {
        let lines = ["Letter \(number)"] + (1...40).map { "\($0). A line of a letter that goes to many." }
        var page = SampleDocument.Page(.a4, lines: lines)
        page.isDecorated = false
        try SampleDocument(pages: [page]).write(to: document)
    }

    /// `fax-send`, with the letter or another document.
    func faxSend(_ words: String..., document other: String? = nil) -> [String] {
        [programs.callfax, "fax-send", "--config", root + "/callfax.yaml"] + words + [other ?? document]
    }

    func faxQueue(_ words: [String]) -> [String] {
        [programs.callfax, "fax-queue"] + words + ["--config", root + "/callfax.yaml"]
    }

    /// Writes so many numbers, one a line, and returns the file's path.
    func list(_ count: Int) throws -> String {
        let path = "\(root)/list-\(count)"
        let numbers = (0..<count).map { "+4940\(1_000_000 + $0)" }
        try (numbers.joined(separator: "\n") + "\n").write(toFile: path, atomically: true, encoding: .utf8)
        return path
    }

    /// Starts faxd and returns once it works.
    func startFaxd() async throws -> TetheredProcess {
        let log = root + "/faxd.log"
        let process = try TetheredProcess(
            role: "faxd", program: [programs.faxd, "--config", root + "/callfax.yaml"],
            environment: ["PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"], output: log)
        try await RigClock.wait(for: "faxd to start; see \(log)", seconds: 20) {
            guard process.child != nil || !process.isRunning else { return false }
            guard process.isRunning else { throw FaxError(.unavailable, "faxd ended at once; see \(log)") }
            return FileManager.default.fileExists(atPath: installation.layout.pokeSocket)
        }
        return process
    }

    /// Call files that are out.
    var published: Int { get throws { try installation.outgoing.outgoingAttempts().count } }
}
