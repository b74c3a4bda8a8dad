package import FaxModel

/// The callers whose calls aren't let in, as `fax-agi` reads them: faxd writes it from the settings.
package struct BlockList: Hashable, Sendable {
    package var rules: [BlockRule]
    /// How numbers are written here; nil: they are compared as they come.
    package var plan: NumberingPlan?

    /// Only rules that ask for nothing but the caller are kept: no other thing is known before the answer.
    package init(_ rules: [BlockRule], plan: NumberingPlan? = nil) {
        self.rules = rules.filter { $0.caller != nil && $0.station == nil }
        self.plan = plan
    }

    /// The first rule that refuses a call from that number, in the notation that it came in or the canonical one.
    package func rule(for caller: String) -> BlockRule? {
        var forms = [caller]
        if let plan, let number = try? FaxNumber(parsing: caller) { forms.append(plan.canonical(number).digits) }
        return rules.first { rule in forms.contains(where: rule.refuses) }
    }

    /// What lies at `path`. No list, or one that can't be read, blocks nobody: a fax that came is better than one that is
    /// lost.
    package static func read(_ path: String) -> BlockList {
        guard let bytes = try? DurableFile.readIfPresent(path, limit: JSONValue.sizeLimit),
            let list = try? BlockList(parsing: bytes)
        else { return BlockList([]) }
        return list
    }

    /// Writes it where it is not there already.
    package func publish(at path: String) throws(FaxError) {
        let bytes = json.line
        guard bytes.count <= JSONValue.sizeLimit else {
            throw FaxError(.configuration, "receiving.block: the rules take more than \(JSONValue.sizeLimit) bytes")
        }
        if (try? DurableFile.readIfPresent(path, limit: JSONValue.sizeLimit)) == bytes { return }
        try DurableFile.publish(bytes, at: path)
    }
}

extension BlockList: JSONRecord {
    package var json: JSONValue {
        var builder = JSONBuilder()
        if let plan {
            builder.set("country", plan.country)
            builder.set("area", plan.area)
            builder.set("internationalPrefix", plan.internationalPrefix)
            builder.set("trunkPrefix", plan.trunkPrefix)
        }
        guard case .object(var members) = builder.json else { return builder.json }
        members["rules"] = .array(
            rules.map { rule in
                var builder = JSONBuilder()
                builder.set("name", rule.name)
                builder.set("caller", rule.caller?.description)
                builder.set("answer", rule.answer.rawValue)
                return builder.json
            })
        return .object(members)
    }

    package init(json: JSONValue) throws(FaxError) {
        let members = JSONMembers(json: json)
        guard case .array(let items) = json["rules"] else { throw FaxError(.data, "rules is missing or no list") }
        var rules: [BlockRule] = []
        for item in items {
            let rule = JSONMembers(json: item)
            rules.append(
                BlockRule(
                    name: try rule.text("name"), caller: try CallerMatch(parsing: rule.text("caller")),
                    answer: try rule.choice("answer")))
        }
        let country = try members.optionalText("country")
        let plan: NumberingPlan? =
            if let country {
                try NumberingPlan(
                    country: country, area: members.optionalText("area"),
                    internationalPrefix: members.optionalText("internationalPrefix"),
                    trunkPrefix: members.optionalText("trunkPrefix"))
            } else {
                nil
            }
        self.init(rules, plan: plan)
    }
}
