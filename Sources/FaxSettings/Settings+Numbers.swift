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
        /// Recipients of one `fax-send` at most.
        package var maxRecipients: Int

        /// Where the settings say nothing.
        package static let usualRecipients = 10_000
    }

    static func numbers(_ s: SettingsSection) -> Numbers {
        defer { s.refuseUnknownKeys() }
        return Numbers(
            plan: plan(s),
            rules: s.sections("rules").compactMap(rule),
            forbid: s.parsedList("forbid", as: DialPattern.self),
            allow: s.parsedList("allow", as: DialPattern.self),
            doNotFax: s.absolutePath("do_not_fax"),
            maxRecipients: s.integer("max_recipients", in: 1...1_000_000) ?? Numbers.usualRecipients)
    }

    /// Each value is tried by itself, so that the line of the one that is wrong is named.
    private static func plan(_ s: SettingsSection) -> NumberingPlan? {
        let hasCountry = s.has("country")
        let country = s.value("country") { text throws(FaxError) in try NumberingPlan(country: text).country }
        let usual = country ?? "49"
        let international = s.value("international_prefix") { text throws(FaxError) in
            try NumberingPlan(country: usual, internationalPrefix: text).internationalPrefix
        }
        let trunk = s.value("trunk_prefix") { text throws(FaxError) in
            try NumberingPlan(country: usual, internationalPrefix: international, trunkPrefix: text).trunkPrefix
        }
        let area = s.value("area") { text throws(FaxError) in
            try NumberingPlan(country: usual, area: text, trunkPrefix: trunk).area
        }
        if !hasCountry, s.has("area") || s.has("international_prefix") || s.has("trunk_prefix") {
            s.missing("country", "is missing: area and prefixes say nothing without it")
        }
        return country.flatMap { country in
            try? NumberingPlan(
                country: country, area: area ?? nil, internationalPrefix: international, trunkPrefix: trunk)
        }
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
