package import FaxModel

extension Settings {
    /// `sending.numbers`: how numbers are written, which of them may be faxed, what is dialled.
    package struct Numbers: Hashable, Sendable {
        package var plan: NumberingPlan?
        package var rules: [DialRule]
        package var forbid: [DialPattern]
        package var allow: [DialPattern]
        /// Path of the do-not-fax list.
        package var doNotFax: String?
        /// Recipients of one `fax-send`; nil for any number of them.
        package var maxRecipients: Int?
    }

    static func numbers(_ s: SettingsSection) -> Numbers {
        defer { s.refuseUnknownKeys() }
        return Numbers(
            plan: plan(s),
            rules: s.sections("rules").compactMap(rule),
            forbid: s.parsedList("forbid", as: DialPattern.self),
            allow: s.parsedList("allow", as: DialPattern.self),
            doNotFax: s.absolutePath("do_not_fax"),
            maxRecipients: s.integer("max_recipients", in: 1...1_000_000))
    }

    private static func plan(_ s: SettingsSection) -> NumberingPlan? {
        let area = s.text("area")
        let international = s.text("international_prefix")
        let trunk = s.text("trunk_prefix")
        let hasCountry = s.has("country")
        let plan = s.value("country") { text throws(FaxError) in
            try NumberingPlan(
                country: text, area: area, internationalPrefix: international, trunkPrefix: trunk)
        }
        if !hasCountry, area != nil || international != nil || trunk != nil {
            s.missing("country", "is missing: area and prefixes say nothing without it")
        }
        return plan
    }

    private static func rule(_ s: SettingsSection) -> DialRule? {
        defer { s.refuseUnknownKeys() }
        let changes = s.has("strip") || s.has("prefix")
        let refuse = s.flag("refuse") ?? false
        let strip = s.integer("strip", in: 0...32) ?? 0
        let prefix = s.text("prefix") ?? ""
        if refuse, changes { s.missing("refuse", "excludes strip and prefix; keep one") }
        if !s.has("match") { s.missing("match", "is missing: the pattern") }
        return s.value("match") { text throws(FaxError) in
            let pattern = try DialPattern(parsing: text)
            return try DialRule(pattern, refuse ? .refuse : .rewrite(strip: strip, prefix: prefix))
        }
    }
}
