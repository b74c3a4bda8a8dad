import FaxModel
import Testing

@Suite struct NumberPolicyTests {
    private let berlin: NumberPolicy

    init() throws {
        berlin = NumberPolicy(plan: try NumberingPlan(country: "49", area: "30"), forbidsPremium: true)
    }

    private func patterns(_ texts: String...) throws -> [DialPattern] {
        try texts.map { text in try DialPattern(parsing: text) }
    }

    private func refusal(_ policy: NumberPolicy, _ typed: String) -> String {
        do throws(FaxError) {
            return "dialled as \(try policy.resolve(typed).dialled)"
        } catch {
            return "\(error.code) \(error.message)"
        }
    }

    @Test("without settings a number is dialled as typed", arguments: ["+49 30 1234567", "0900 123456", "4711", "*21"])
    func asTyped(typed: String) throws {
        let number = try FaxNumber(parsing: typed)
        #expect(try NumberPolicy().resolve(typed) == Destination(canonical: number, dialled: number))
    }

    @Test(
        "emergency numbers are refused even without settings",
        arguments: ["112", "911", "110", "999", "1-1-2", "+112", "112#"])
    func emergency(typed: String) {
        #expect(refusal(NumberPolicy(), typed).hasPrefix("usage number"))
        #expect(refusal(NumberPolicy(), typed).contains("an emergency number"))
    }

    @Test(
        "an emergency number is known behind every prefix", arguments: ["112", "0112", "+49112", "0049112", "+490112"])
    func emergencyNotations(typed: String) {
        #expect(refusal(berlin, typed).contains("an emergency number"))
    }

    @Test("no rule dials an emergency number")
    func rewrittenEmergency() throws {
        var policy = berlin
        policy.rules = [
            try DialRule(DialPattern(parsing: "_9X."), .rewrite(strip: 1, prefix: "")),
            try DialRule(DialPattern(parsing: "_55X"), .rewrite(strip: 2, prefix: "11")),
            try DialRule(DialPattern(parsing: "_X."), .rewrite(strip: 0, prefix: "0")),
        ]
        for typed in ["9112", "552", "112"] { #expect(refusal(policy, typed).contains("an emergency number")) }
        #expect(try policy.resolve("9030123456").dialled.digits == "030123456")
    }

    @Test(
        "premium rates are refused in every notation",
        arguments: [
            "0900 1 234567", "+49 900 1234567", "0049 (0)900 1234567", "+1 900 555 1234", "001 900 555 1234",
            "+44 909 8790000", "+979 123456789", "00881612345678", "+49 137 7123456",
        ])
    func premium(typed: String) {
        #expect(refusal(berlin, typed).contains("a premium rate number"))
    }

    @Test(
        "no usual number is taken for a costly one",
        arguments: [
            "030 9001234", "+1 212 900 1234", "0911 123456", "+49 911 123456", "0112233", "+44 20 79460000", "1123456",
            "+33 8 00123456", "0800 1234567", "+47 22123456", "+353 1 5012345",
        ])
    func usual(typed: String) {
        #expect(refusal(berlin, typed).hasPrefix("dialled as"))
    }

    @Test("what was forbidden until allowed is allowed by any notation of a pattern as specific")
    func allowed() throws {
        var policy = berlin
        policy.allow = try patterns("110", "_0900X.")
        #expect(try policy.resolve("110").dialled.digits == "110")
        #expect(try policy.resolve("+49 900 1234567").canonical.digits == "+499001234567")
        #expect(refusal(policy, "112").contains("an emergency number"))
    }

    @Test("of forbid and allow the more specific decides, and a country that is allowed keeps its premium rates shut")
    func specific() throws {
        var policy = berlin
        policy.forbid = try patterns("_.")
        policy.allow = try patterns("_+49X.")
        #expect(try policy.resolve("030 1234567").canonical.digits == "+49301234567")
        #expect(
            refusal(policy, "+43 1 123456") == "usage number \"+431123456\": forbidden by sending.numbers.forbid (_.)")
        #expect(refusal(policy, "0900 1234567").contains("a premium rate number"))
        #expect(refusal(policy, "112").contains("an emergency number"))
    }

    @Test("forbid sees what a rule makes of a number")
    func forbiddenAfterRules() throws {
        var policy = NumberPolicy(forbid: try patterns("_00X."))
        policy.rules = [try DialRule(DialPattern(parsing: "_9X."), .rewrite(strip: 1, prefix: ""))]
        #expect(refusal(policy, "90044123").contains("forbidden by sending.numbers.forbid (_00X.)"))
    }

    @Test("the first rule that fits is applied: on the canonical form if it begins with +, else as typed")
    func rules() throws {
        var policy = berlin
        policy.rules = [
            try DialRule(DialPattern(parsing: "_0190X."), .refuse),
            try DialRule(DialPattern(parsing: "_+4930X."), .rewrite(strip: 5, prefix: "")),
            try DialRule(DialPattern(parsing: "_+49X."), .rewrite(strip: 3, prefix: "0")),
            try DialRule(DialPattern(parsing: "_+X."), .rewrite(strip: 1, prefix: "00")),
            try DialRule(DialPattern(parsing: "_8XXX"), .rewrite(strip: 1, prefix: "*7")),
        ]
        for (typed, dialled) in [
            ("+49 30 1234567", "1234567"), ("0049891234567", "0891234567"), ("089 1234567", "0891234567"),
            ("+44 20 79460000", "00442079460000"), ("8123", "*7123"), ("4711", "4711"),
        ] {
            #expect(try policy.resolve(typed).dialled.digits == dialled)
        }
        #expect(refusal(policy, "0190 123456").hasSuffix("refused by sending.numbers.rules[1] (_0190X.)"))
    }

    @Test("a rule that leaves nothing of a number says so in one line")
    func emptyRule() throws {
        let policy = NumberPolicy(rules: [try DialRule(DialPattern(parsing: "_X."), .rewrite(strip: 9, prefix: ""))])
        #expect(refusal(policy, "12345").contains("sending.numbers.rules[1] (_X.) makes no number of it"))
    }

    @Test("a prefix that can't be dialled is refused", arguments: ["w", "0;", "1+", "#", "0 1"])
    func prefixes(text: String) {
        #expect(throws: FaxError.self) {
            try DialRule(DialPattern(parsing: "_X."), .rewrite(strip: 0, prefix: text))
        }
    }

    @Test("the do-not-fax list knows a number in every notation")
    func doNotFax() throws {
        var policy = berlin
        policy.doNotFax = DoNotFaxList(path: "/etc/dnf", lines: [try policy.canonical("030 1234567"): 7])
        for typed in ["+49 30 1234567", "1234567", "0049 30 1234567"] {
            #expect(refusal(policy, typed).hasSuffix("is on the do-not-fax list (/etc/dnf:7)"))
        }
        #expect(refusal(policy, "030 1234568") == "dialled as 0301234568")
    }

    @Test("every pattern of the costly numbers can be read")
    func costly() {
        #expect(CostlyNumbers.premium.count == 41)
        #expect(CostlyNumbers.emergency.isSuperset(of: ["112", "911", "110", "999"]))
    }
}
