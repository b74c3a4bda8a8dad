import FaxInbox
import FaxModel
import FaxStore
import Foundation
import Testing

@Suite("Who gets a fax")
struct RoutingTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var dialled = "5550269"
        var routes: [String: [String]] = [:]
        var named = ""
        var defaults: [String] = []
        var expected: [String]
    }

    static let cases = [
        Case(
            testDescription: "the number's route before all others", routes: ["5550269": ["r1@x.net", "r2@x.net"]],
            named: "named@x.net", defaults: ["default@x.net"], expected: ["r1@x.net", "r2@x.net"]),
        Case(
            testDescription: "a route is for its number only", routes: ["555026": ["r@x.net"]], named: "named@x.net",
            expected: ["named@x.net"]),
        Case(
            testDescription: "whom the call named, by comma, semicolon or blank",
            named: "a@x.net, b@x.net;c@x.net  d@x.net",
            defaults: ["default@x.net"], expected: ["a@x.net", "b@x.net", "c@x.net", "d@x.net"]),
        Case(
            testDescription: "what is no address is left out, and the operator told",
            named: "a@x.net nobody <script>@x.net x@y\r\nBcc:z@x.net",
            expected: ["a@x.net", "x@y", "operator@example.net"]),
        Case(
            testDescription: "only nonsense named means the default", named: "nobody", defaults: ["default@x.net"],
            expected: ["default@x.net", "operator@example.net"]),
        Case(
            testDescription: "the same address twice gets one message", named: "A@x.net a@X.net",
            expected: ["A@x.net"]),
        Case(testDescription: "the operator when there is nobody else", expected: ["operator@example.net"]),
        Case(testDescription: "no dialled number at all", dialled: "", expected: ["operator@example.net"]),
    ]

    @Test("Route, then the call's own recipients, then the default, then the operator", arguments: cases)
    func order(_ test: Case) async throws {
        let fixture = try InboxFixture()
        try fixture.leaveTIFF()
        var report = try InboxFixture.report()
        report.dialled = test.dialled
        report.recipients = test.named
        try fixture.leave(report)
        let settings = try fixture.settings(recipients: test.defaults, routes: test.routes)
        let pass = try await fixture.pass(settings: settings)
        #expect(await fixture.mailer.recipients == test.expected)
        let receipt = try #require(try fixture.store.receipt("1795381611.7"))
        let isNoted = test.named.contains("nobody")
        #expect(receipt.note.contains("FAXRCPT") == isNoted)
        #expect(pass.problems.isEmpty != isNoted)
    }
}
