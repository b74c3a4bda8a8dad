import FaxModel
import Foundation
import SpoolFiles
import Testing

/// fax-agi killed at every change: no go without a record, no second go, no torn report.
@Suite struct GateKillTests {
    private static func attempt() throws -> AttemptID { try AttemptID(parsing: "1-1-00000001") }

    /// One session for the attempt on the channel of that number; whether it said go.
    private static func session(_ site: CrashSite, _ verb: String, call: Int, _ point: KillPoint? = nil) throws
        -> (trace: Trace, saidGo: Bool)
    {
        let peer = try AGIPeer(
            directory: site.root,
            variables: [
                "FAXSPOOL": site.layout.root, "UNIQUEID": "1700000000.\(call)", "CHANNEL": "PJSIP/trunk-0000000\(call)",
                "FAXSTATUS": "SUCCESS", "FAXPAGES": "2", "FAXSTATUSSTRING": "OK", "HANGUPCAUSE": "16",
            ])
        var program = site.program("fax-agi", [verb, try attempt().text])
        program.input = peer.input
        program.output = peer.output
        let trace = try program.run(killedAt: point)
        peer.close()
        return (trace, peer.saidGo)
    }

    @Test("fax-agi start killed anywhere: a go that was said is on record, and nobody gets a second one")
    func start() async throws {
        let result = try await KillProof(
            name: "fax-agi start", prepare: { _ in },
            run: { site, point in
                let (trace, saidGo) = try Self.session(site, "start", call: 1, point)
                if saidGo { _ = FileManager.default.createFile(atPath: site.root + "/said-go", contents: nil) }
                return trace
            },
            check: { site, _ in
                let saidGo = FileManager.default.fileExists(atPath: site.root + "/said-go")
                let marker = try Gate(site.layout).marker(try Self.attempt())
                let again = try Self.session(site, "start", call: 2).saidGo
                var problems: [String] = []
                if saidGo, marker?.uniqueid?.text != "1700000000.1" {
                    problems.append("go, and no marker: \(marker as Any)")
                }
                if saidGo, again { problems.append("two calls were let go") }
                if marker != nil, again { problems.append("a call was let go although the gate was taken") }
                if marker == nil, !again { problems.append("nobody holds the gate, and it stays shut") }
                return problems
            }
        ).result()
        #expect(result.problems.isEmpty, "\(result.problems.joined(separator: "\n"))")
        #expect(result.tried > 0)
        #expect(result.hasty { $0.kind == .write && $0.text.contains("FAXGATE \"go-") } == [])
    }

    @Test("fax-agi result killed anywhere: the report is whole or not there, and a later one can still be written")
    func result() async throws {
        let result = try await KillProof(
            name: "fax-agi result", prepare: { _ = try Self.session($0, "start", call: 1) },
            run: { try Self.session($0, "result", call: 1, $1).trace },
            check: { site, trace in
                let found = try SpoolRecords(site.layout).allResults()
                var problems = found.problems
                for report in found.records where report.pages != 2 || report.faxStatus != "SUCCESS" {
                    problems.append("a report of \(report.pages as Any) pages, \(report.faxStatus ?? "no status")")
                }
                if !trace.wasKilled, found.records.count != 1 { problems.append("nothing was recorded") }
                _ = try Self.session(site, "result", call: 1)
                let later = try SpoolRecords(site.layout).allResults()
                if later.records.count != 1 || !later.problems.isEmpty {
                    problems.append("afterwards there are \(later.records.count) reports, \(later.problems)")
                }
                return problems
            }
        ).result()
        #expect(result.problems.isEmpty, "\(result.problems.joined(separator: "\n"))")
        #expect(result.tried > 0)
    }
}
