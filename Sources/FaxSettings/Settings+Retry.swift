import FaxModel

extension Settings {
    /// `sending.trunk` with `sending.lines`, or `sending.trunks`.
    static func trunks(_ s: SettingsSection) -> [TrunkLines] {
        let hasOne = s.has("trunk")
        let hasLines = s.has("lines")
        let lines = s.integer("lines", in: 1...1000) ?? 4
        let one = s.parsed("trunk", as: TrunkName.self).map { [TrunkLines($0, lines: lines)] } ?? []
        guard s.has("trunks") else { return one }
        if hasOne { s.missing("trunk", "and trunks exclude each other; keep one") }
        if hasLines { s.missing("lines", "belongs to each of the trunks") }
        var names: Set<TrunkName> = []
        return s.sections("trunks").compactMap { trunk in
            defer { trunk.refuseUnknownKeys() }
            let lines = trunk.integer("lines", in: 1...1000) ?? 4
            if !trunk.has("name") { trunk.missing("name", "is missing: the PJSIP endpoint") }
            guard let name = trunk.parsed("name", as: TrunkName.self) else { return nil }
            if !names.insert(name).inserted { trunk.missing("name", "\(name) is there twice; keep one") }
            return TrunkLines(name, lines: lines)
        }
    }

    /// `sending.retry`.
    static func retry(_ s: SettingsSection) -> RetryPolicy {
        defer { s.refuseUnknownKeys() }
        var policy = RetryPolicy()
        policy.dials = s.integer("dials", in: 1...1000) ?? policy.dials
        policy.tries = s.integer("tries", in: 1...100) ?? policy.tries
        policy.samePage = s.integer("same_page", in: 1...100) ?? policy.samePage
        policy.lastPage = s.choice("last_page", as: RetryPolicy.LastPage.self) ?? policy.lastPage
        policy.deadline = seconds(s, "deadline", 60...2_592_000) ?? policy.deadline
        policy.cooldown = seconds(s, "cooldown", 0...86_400) ?? policy.cooldown
        policy.memory = seconds(s, "memory", 0...31_536_000) ?? policy.memory
        let causes = s.section("causes")
        for cause in Cause.allCases where causes.has(cause.rawValue) {
            guard canBeChanged(cause) else {
                causes.missing(cause.rawValue, "is never tried again")
                _ = causes.section(cause.rawValue)
                continue
            }
            policy.steps[cause] = step(causes.section(cause.rawValue), usual: .usual(cause))
        }
        causes.refuseUnknownKeys()
        return policy
    }

    /// What may have been sent, and what a person ended, is not a matter of policy.
    private static func canBeChanged(_ cause: Cause) -> Bool {
        !["user", "time", "outcome", "policy"].contains(cause.category)
    }

    private static func step(_ s: SettingsSection, usual: RetryStep) -> RetryStep {
        defer { s.refuseUnknownKeys() }
        var step = usual
        let retry = s.flag("retry")
        step.delay = seconds(s, "delay", 0...86_400) ?? usual.delay
        if retry == true, step.delay == nil { s.missing("delay", "is missing: seconds until the next call") }
        if retry == false { step.delay = nil }
        step.growth = s.value("growth", growthParser) ?? usual.growth
        step.longest = seconds(s, "longest", 0...604_800) ?? usual.longest
        step.limit = s.integer("limit", in: 0...1000) ?? usual.limit
        // 0 takes a limit away.
        if step.limit == 0 { step.limit = nil }
        if s.has("change") { step.change = s.parsedList("change", as: ChangeWord.self).map(\.change) }
        step.holdsNumber = s.flag("hold_number") ?? usual.holdsNumber
        step.otherTrunk = s.flag("other_trunk") ?? usual.otherTrunk
        return step
    }

    private static func seconds(_ s: SettingsSection, _ key: String, _ range: ClosedRange<Int>) -> Int64? {
        s.integer(key, in: range).map(Int64.init)
    }

    private static func growthParser(_ text: String) throws(FaxError) -> Double {
        guard let growth = Double(text), (1...10).contains(growth) else {
            throw FaxError(.configuration, "must be a factor from 1 to 10, is \(quoted(text))")
        }
        return growth
    }

    private struct ChangeWord: ParsedText {
        let change: ModeChange

        init(parsing text: String) throws(FaxError) {
            guard let change = ModeChange(rawValue: text) else {
                let all = ModeChange.allCases.map(\.rawValue).joined(separator: ", ")
                throw FaxError(.configuration, "must be one of \(all), is \(quoted(text))")
            }
            self.change = change
        }

        var description: String { change.rawValue }
        var text: String { change.rawValue }
    }
}
