import FaxModel
import Testing

@testable import FaxInbox

@Suite("Which route wins")
struct RouteRankingTests {
    private static func handling(_ name: String) throws -> InboundHandling {
        var handling = InboundHandling()
        handling.recipients = [try EmailAddress(parsing: "\(name)@x.net")]
        return handling
    }

    private static func rules() throws -> InboxRules {
        let routes: [(String, DialledMatch?, String?, String?)] = [
            ("station", nil, nil, "*bank*"), ("caller", nil, "_+4940X.", nil),
            ("wide", try .range(parsing: "5550000-5559999"), nil, nil),
            ("narrow", try .range(parsing: "5550200-5550299"), nil, nil),
            ("prefix", .prefix("55501"), nil, nil), ("longer", .prefix("555012"), nil, nil),
            ("exact", .exact("5550269"), nil, nil), ("exact-branch", .exact("5550269"), "_+4940X.", nil),
            ("nowhere", .exact("5550270"), nil, nil),
        ]
        return try InboxRules(
            operator: EmailAddress(parsing: "operator@x.net"), standard: handling("default"),
            routes: routes.map { name, dialled, caller, station in
                InboundRoute(
                    name: name, dialled: dialled, caller: try caller.map(CallerMatch.init(parsing:)),
                    station: try station.map(StationMatch.init(parsing:)),
                    handling: name == "nowhere" ? InboundHandling() : try handling(name))
            }, plan: NumberingPlan(country: "49", area: "30"))
    }

    struct Case: Sendable {
        var dialled: String
        var caller = "+49301"
        var station = ""
        var named = ""
        var expected: String
    }

    static let cases = [
        Case(dialled: "5550269", expected: "exact"),
        Case(dialled: "5550269", caller: "+4940123", expected: "exact-branch"),
        Case(dialled: "5550269", caller: "040123456", expected: "exact-branch"),
        Case(dialled: "5550121", expected: "longer"), Case(dialled: "5550110", expected: "prefix"),
        Case(dialled: "5550210", expected: "narrow"), Case(dialled: "5550310", expected: "wide"),
        Case(dialled: "55503100", caller: "+4940123", expected: "caller"),
        Case(dialled: "999", station: "My  BANK 1", expected: "station"),
        Case(dialled: "999", caller: "+4940123", station: "bank", expected: "caller"),
        Case(dialled: "999", named: "a@x.net", expected: "FAXRCPT"), Case(dialled: "999", expected: "default"),
        Case(dialled: "5550270", expected: "narrow"),
        // The same number in another notation.
        Case(dialled: "+49305550269", expected: "default"),
    ]

    @Test(
        "Exact, prefix, range; among them the one that asks for more; then caller, station id, the call, the default",
        arguments: cases)
    func order(_ test: Case) throws {
        let routing = Routing(
            dialled: test.dialled, caller: test.caller, station: test.station, named: test.named,
            rules: try Self.rules())
        #expect(routing.route == test.expected, "\(routing.story)")
        #expect(!routing.story.isEmpty)
    }

    @Test("Where nobody is named at all it is the operator's")
    func nobody() throws {
        let rules = InboxRules(operator: try EmailAddress(parsing: "operator@x.net"))
        let routing = Routing(dialled: "1", caller: "", station: "", named: "", rules: rules)
        #expect(routing.route == "operator")
        #expect(routing.handling.recipients.map(\.text) == ["operator@x.net"])
    }

    @Test("A range is one length and one notation", arguments: ["555-5550", "+1-2", "9-1", "1", "1-2-3", "a-b", "-"])
    func badRange(text: String) {
        #expect(throws: FaxError.self) { try DialledMatch.range(parsing: text) }
    }

    @Test("A pattern for station ids takes stars and question marks, and can't be made slow")
    func stations() throws {
        let pattern = try StationMatch(parsing: "*a?c*")
        #expect(pattern.matches("xxABCxx") && pattern.matches("aXc") && !pattern.matches("ac"))
        let slow = try StationMatch(parsing: String(repeating: "*a", count: 30) + "b")
        #expect(!slow.matches(String(repeating: "a", count: 200)))
        #expect(throws: FaxError.self) { try StationMatch(parsing: " ") }
    }

    @Test("Nobody's number is anonymous, and no pattern's")
    func anonymous() throws {
        let anonymous = try CallerMatch(parsing: "anonymous")
        #expect(anonymous.matches("") && anonymous.matches("Restricted") && !anonymous.matches("+49301"))
        #expect(try !CallerMatch(parsing: "_.").matches("anonymous"))
        #expect(try CallerMatch(parsing: "_+4930!").matches("+4930"))
    }
}
