import FaxModel
import Testing

@Suite struct NumberingPlanTests {
    @Test(
        "in Berlin every notation of a number is one",
        arguments: [
            ("030 1234567", "+49301234567"), ("0049 30 1234567", "+49301234567"), ("+49 (0)30 1234567", "+49301234567"),
            ("0049 030 1234567", "+49301234567"), ("1234567", "+49301234567"), ("+44 (0)20 79460000", "+442079460000"),
            ("0044 20 79460000", "+442079460000"), ("+39 (0)6 1234567", "+39061234567"), ("4711", "4711"),
            ("*21#", "*21#"), ("089/1234-0", "+498912340"), ("112", "112"),
        ])
    func germany(typed: String, canonical: String) throws {
        let policy = NumberPolicy(plan: try NumberingPlan(country: "49", area: "30"))
        #expect(try policy.canonical(typed).digits == canonical)
    }

    @Test(
        "the countries' own prefixes are known",
        arguments: [
            ("1", "212", "555-2368", "+12125552368"), ("1", "212", "(415) 555-2368", "+14155552368"),
            ("1", "212", "1 415 555 2368", "+14155552368"), ("1", nil, "011 49 30 1234567", "+49301234567"),
            ("39", nil, "06 1234567", "+39061234567"), ("39", nil, "00 49 30 12345", "+493012345"),
            ("45", nil, "12 34 56 78", "+4512345678"), ("7", nil, "8 812 1234567", "+78121234567"),
            ("7", nil, "+7 812 1234567", "+78121234567"), ("7", nil, "8 10 49 30 12345", "+493012345"),
            ("36", nil, "06 1 2345678", "+3612345678"), ("61", "2", "0011 49 30 12345", "+493012345"),
            ("49", nil, "1234567", "1234567"), ("+44", nil, "020 79460000", "+442079460000"),
        ] as [(String, String?, String, String)])
    func countries(country: String, area: String?, typed: String, canonical: String) throws {
        let policy = NumberPolicy(plan: try NumberingPlan(country: country, area: area))
        #expect(try policy.canonical(typed).digits == canonical)
    }

    @Test(
        "a number is found in all its notations, whichever way it was typed",
        arguments: ["+49301234567", "0301234567", "0049301234567", "1234567"])
    func notations(typed: String) throws {
        let plan = try NumberingPlan(country: "49", area: "30")
        let all = Set(plan.notations(of: try FaxNumber(parsing: typed)))
        #expect(all == ["+49301234567", "49301234567", "0049301234567", "0301234567", "1234567"])
        #expect(plan.notations(of: try FaxNumber(parsing: "4711")) == ["4711"])
    }

    @Test("a canonical form is its own canonical form", arguments: ["030 1234567", "+49 030 1", "0012125552368", "42"])
    func stable(typed: String) throws {
        let policy = NumberPolicy(plan: try NumberingPlan(country: "49", area: "30"))
        let once = try policy.canonical(typed)
        #expect(try policy.canonical(once.digits) == once)
    }

    @Test(
        "settings that make no plan are refused",
        arguments: [
            ("", nil, nil, nil), ("049", nil, nil, nil), ("4949", nil, nil, nil), ("x", nil, nil, nil),
            ("49", "030", nil, nil), ("49", "", nil, nil), ("49", "a", nil, nil), ("49", nil, "", nil),
            ("49", nil, "+", nil), ("49", nil, nil, "x"), ("49", nil, "0", "0"),
        ] as [(String, String?, String?, String?)])
    func refused(country: String, area: String?, international: String?, trunk: String?) {
        #expect(throws: FaxError.self) {
            try NumberingPlan(
                country: country, area: area, internationalPrefix: international, trunkPrefix: trunk)
        }
    }
}
