import FaxModel
import FaxScheduler
import FaxStore
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
            owner: "ann", number: try FaxNumber(parsing: "5550101"), stationID: try StationID(parsing: "1"),
            header: try name.map(HeaderText.init(parsing:)), resolution: .fine,
            ecm: true, t38: true, rate: .r14400, template: "fax-outbound")
        let checkout = URL(fileURLWithPath: #filePath)
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path
        let policy = SchedulerPolicy(
            trunks: try SpoolSite.trunks, waitTime: 60, asteriskRetries: 0, asteriskRetryTime: 86_400,
            templates: checkout + "/callfile-templates", headerLine: line)
        let never = UnixTime(seconds: 0)
        let job = Job(
            id: 1, group: 1, request: request, document: "/d.tiff", pages: 1, state: .calling, submitted: never,
            due: never, deadline: never)
        let attempt = Attempt(
            id: AttemptID(job: 1, sequence: 1, random: 0), job: 1, sequence: 1, state: .claimed, firstPage: 0, pages: 1,
            claimed: never, longestCall: 100)
        let call = OpenCall([OpenAttempt(job: job, attempt: attempt)])
        let bytes = try CallFile.bytes(call, file: "/x.tiff", policy: policy)
        let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
        #expect(lines.filter { $0.hasPrefix("Set: FAXHEADER=") } == ["Set: FAXHEADER=\(header)"])
        #expect(lines.filter { $0.hasPrefix("Set: FAXHEADERBY=") } == ["Set: FAXHEADERBY=\(drawer)"])
    }
}
