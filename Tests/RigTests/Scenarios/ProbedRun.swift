import FaxRig
import Foundation
import Testing

/// A probe's run as `fax-probe run --json` and `fax-probe history --json` print it.
struct ProbedRun: Decodable {
    struct Figures: Decodable {
        var setupSeconds: Double?
        var lineSeconds: Double?
        var rate: Int?
        var mode: String?
        var pages: Int?
        var pagesConfirmed: Int?
        var pagesArrived: Int?
        var pagesIdentical: Int?
        var arrivalSeconds: Double?
        var damage: Int?
    }
    var id: Int64
    var state: String
    var station: String?
    var cause: String?
    var detail: String
    var figures: Figures
}

extension Rig {
    /// Gives side a probes that run only when they are told to, and an alarm after two failures unless they say otherwise.
    /// For settings that need to know where the rig has its files.
    func addProbes(_ probes: [SettingsTree], telling person: String) async throws {
        // New Year is far.
        let common: SettingsTree = ["schedule": "0 0 1 1 *", "alarm_after": 2, "mail": .text(person)]
        let list = SettingsTree.list(probes.map(common.merged))
        let file = try #require(FileHandle(forWritingAtPath: side(.a).settings))
        try file.seekToEnd()
        try file.write(contentsOf: Data(SettingsTree.map(["probes": list]).yaml.utf8))
        try file.close()
        try await stopFaxd(.a)
        try await startFaxd(.a)
    }

    /// Runs a probe of side a's to its end.
    func runProbe(_ name: String) async throws -> (run: ProbedRun, status: Int32) {
        let result = try await run(.a, "fax-probe", ["run", name, "--json"], limit: .seconds(200))
        let line = try #require(result.text.split(separator: "\n").last, "\(result.errorText)")
        return (try JSONDecoder().decode(ProbedRun.self, from: Data(line.utf8)), result.status)
    }

    /// What `fax-probe show` tells of a probe's last failure.
    func probeStory(_ name: String, _ options: [String] = []) async throws -> String {
        try await run(.a, "fax-probe", ["show", name] + options).checked("fax-probe show \(name)").text
    }

    /// All runs of a probe of side a's, newest first.
    func probeHistory(_ name: String) async throws -> [ProbedRun] {
        let result = try await run(.a, "fax-probe", ["history", name, "--json"])
        return try result.text.split(separator: "\n").map {
            try JSONDecoder().decode(ProbedRun.self, from: Data($0.utf8))
        }
    }
}
