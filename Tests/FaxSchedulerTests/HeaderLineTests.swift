import FaxModel
import FaxScheduler
import Foundation
import Testing

@Suite("Who draws the header line")
struct HeaderLineTests {
    @Test(
        "The call file gives a name to spandsp only where spandsp is to draw it, and can",
        arguments: [
            (HeaderLine.own, "Ltd", "own", ""), (.none, "Ltd", "none", ""), (.spandsp, "Ltd", "spandsp", "Ltd"),
            (.spandsp, "Łódź", "own", ""), (.own, "Łódź # \\", "own", ""), (.spandsp, nil, "spandsp", ""),
        ] as [(HeaderLine, String?, String, String)])
    func callFile(line: HeaderLine, name: String?, drawer: String, header: String) throws {
        let request = FaxRequest(
            owner: "ann", number: try FaxNumber(parsing: "5550101"), trunk: try TrunkName(parsing: "trunk"),
            stationID: try StationID(parsing: "1"), header: try name.map(HeaderText.init(parsing:)), resolution: .fine,
            ecm: true, t38: true, rate: .r14400, template: "fax-outbound")
        let checkout = URL(fileURLWithPath: #filePath)
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path
        let policy = SchedulerPolicy(
            lines: 1, retry: RetryRule(), waitTime: 60, asteriskRetries: 0, asteriskRetryTime: 86_400,
            templates: checkout + "/callfile-templates", headerLine: line)
        let bytes = try CallFile.bytes(
            request: request, attempt: AttemptID(job: 1, sequence: 1, random: 0), file: "/x.tiff", longestCall: 100,
            pages: 1, policy: policy)
        let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
        #expect(lines.filter { $0.hasPrefix("Set: FAXHEADER=") } == ["Set: FAXHEADER=\(header)"])
        #expect(lines.filter { $0.hasPrefix("Set: FAXHEADERBY=") } == ["Set: FAXHEADERBY=\(drawer)"])
    }
}
