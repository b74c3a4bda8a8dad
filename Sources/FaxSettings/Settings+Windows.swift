package import FaxModel

extension Settings {
    /// `sending.windows` and `sending.holidays`: when faxes may be sent.
    package struct Windows: Hashable, Sendable {
        package var rules: [SendingRule]
        package var holidays: [Holiday]
    }

    static func windows(_ s: SettingsSection, zone: String) -> Windows {
        let rules = s.sections("windows").compactMap { rule in
            defer { rule.refuseUnknownKeys() }
            let own = rule.value("zone", zoneParser) ?? zone
            let match = rule.parsedList("match", as: DialPattern.self)
            let jobs = rule.choice("class", as: SendingRule.Class.self) ?? .all
            let holidays = rule.flag("holidays") ?? false
            let periods =
                rule.has("periods") ? rule.sections("periods").compactMap(ownPeriod) : [period(rule)].compactMap { $0 }
            return periods.isEmpty
                ? nil : SendingRule(match: match, jobs: jobs, zone: own, periods: periods, holidays: holidays)
        }
        return Windows(rules: rules, holidays: s.parsedList("holidays", as: Holiday.self))
    }

    /// Of `quiet`: one period or a list of them.
    static func quiet(_ s: SettingsSection) -> [SendingRule.Period] {
        s.sectionOrList("quiet").compactMap(ownPeriod)
    }

    private static func ownPeriod(_ s: SettingsSection) -> SendingRule.Period? {
        defer { s.refuseUnknownKeys() }
        return period(s)
    }

    private static func period(_ s: SettingsSection) -> SendingRule.Period? {
        let days = s.parsed("days", as: Weekdays.self)?.days ?? Set(Weekday.allCases)
        let from = s.value("from", minuteParser)
        let to = s.value("to", minuteParser)
        if !s.has("from") { s.missing("from", "is missing: like \"08:00\"") }
        if !s.has("to") { s.missing("to", "is missing: like \"18:00\"") }
        guard let from, let to else { return nil }
        guard from < 1440, to > 0 else {
            s.missing("from", "24:00 can only be an end, 00:00 only a beginning")
            return nil
        }
        return SendingRule.Period(days: days, from: from, to: to)
    }

    /// `08:00`, up to `24:00`.
    private static func minuteParser(_ text: String) throws(FaxError) -> Int {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, parts.allSatisfy({ $0.count == 2 }), let hour = Int(parts[0]),
            let minute = Int(parts[1]),
            (0...24).contains(hour), (0..<60).contains(minute), hour < 24 || minute == 0
        else { throw FaxError(.configuration, "must be a time of day like \"08:00\", is \(quoted(text))") }
        return hour * 60 + minute
    }
}
