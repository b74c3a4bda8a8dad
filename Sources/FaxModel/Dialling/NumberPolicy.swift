/// Which numbers may be faxed, what is their canonical form, and what is dialled for them.
///
/// Of all patterns that match a number in any of its notations, the one that leaves the fewest digits open decides;
/// between equals `allow`.
package struct NumberPolicy: Sendable {
    package var plan: NumberingPlan?
    /// The first that fits is applied, no other; a number that fits none is dialled as typed.
    package var rules: [DialRule]
    package var forbid: [DialPattern]
    package var allow: [DialPattern]
    /// Whether premium rates are refused like emergency numbers.
    package var forbidsPremium: Bool
    package var doNotFax: DoNotFaxList?

    /// Without arguments: dialled as typed, emergency numbers refused.
    package init(
        plan: NumberingPlan? = nil, rules: [DialRule] = [], forbid: [DialPattern] = [], allow: [DialPattern] = [],
        forbidsPremium: Bool = false, doNotFax: DoNotFaxList? = nil
    ) {
        self.plan = plan
        self.rules = rules
        self.forbid = forbid
        self.allow = allow
        self.forbidsPremium = forbidsPremium
        self.doNotFax = doNotFax
    }

    /// The canonical form of what somebody typed, whether or not it may be faxed.
    package func canonical(_ text: String) throws(FaxError) -> FaxNumber {
        let number = try typed(text)
        return plan?.canonical(number) ?? number
    }

    /// Throws `FaxError.usage` for what is no number and for what may not be faxed, in one line that says why.
    package func resolve(_ text: String) throws(FaxError) -> Destination {
        let number = try typed(text)
        let canonical = plan?.canonical(number) ?? number
        let dialled = try dialled(number, canonical)
        try refuseForbidden(number, canonical, dialled)
        if let list = doNotFax, let line = list.lines[canonical] {
            throw FaxError(
                .usage, "number \(quoted(number.digits)): is on the do-not-fax list (\(list.path):\(line))")
        }
        return Destination(canonical: canonical, dialled: dialled)
    }

    private func typed(_ text: String) throws(FaxError) -> FaxNumber {
        guard let plan else { return try FaxNumber(parsing: text) }
        return plan.tidied(try FaxNumber(parsing: Self.withoutBracketedTrunkPrefix(text)))
    }

    private func dialled(_ number: FaxNumber, _ canonical: FaxNumber) throws(FaxError) -> FaxNumber {
        for (index, rule) in rules.enumerated() {
            let form = rule.pattern.isCanonical ? canonical : number
            guard rule.pattern.matches(form) else { continue }
            let name = "sending.numbers.rules[\(index + 1)] (\(rule.pattern))"
            let changed: FaxNumber?
            do throws(FaxError) {
                changed = try rule.rewritten(form)
            } catch {
                throw FaxError(
                    .usage, "number \(quoted(number.digits)): \(name) makes no number of it: \(error.message)")
            }
            guard let changed else { throw FaxError(.usage, "number \(quoted(number.digits)): refused by \(name)") }
            return changed
        }
        return number
    }

    private func refuseForbidden(_ number: FaxNumber, _ canonical: FaxNumber, _ dialled: FaxNumber) throws(FaxError) {
        var forms = [number]
        for form in [canonical, nationalForm(canonical), dialled] {
            if let form, !forms.contains(form) { forms.append(form) }
        }
        var reason = "an emergency number; if that is what you want, list it in sending.numbers.allow"
        var open = isEmergency([number, dialled], canonical) ? 0 : Int.max
        if let own = Self.mostSpecific(forbid, forms), own.open < open {
            open = own.open
            reason = "forbidden by sending.numbers.forbid (\(own.pattern))"
        }
        if forbidsPremium, let costly = Self.mostSpecific(CostlyNumbers.premium, forms), costly.open < open {
            open = costly.open
            reason = "a premium rate number; if that is what you want, list it in sending.numbers.allow"
        }
        guard open < .max else { return }
        if let allowed = Self.mostSpecific(allow, forms), allowed.open <= open { return }
        throw FaxError(.usage, "number \(quoted(number.digits)): \(reason)")
    }

    private func nationalForm(_ canonical: FaxNumber) -> FaxNumber? {
        guard let plan, let national = plan.national(canonical) else { return nil }
        return try? FaxNumber(parsing: plan.trunkPrefix + national)
    }

    /// Also behind a `+`, the own country code or the trunk prefix, and before a `#`: switches take it for the same.
    private func isEmergency(_ forms: [FaxNumber], _ canonical: FaxNumber) -> Bool {
        var texts = forms.map(\.digits)
        if let plan {
            texts += texts.compactMap { $0.dropping(plan.trunkPrefix) }
            if let national = plan.national(canonical) { texts.append(national) }
        }
        return texts.contains { text in
            var text = text[...]
            if text.first == "+" { text.removeFirst() }
            while text.last == "#" { text.removeLast() }
            return text.utf8.count <= 3 && CostlyNumbers.emergency.contains(String(text))
        }
    }

    private static func mostSpecific(
        _ patterns: [DialPattern], _ forms: [FaxNumber]
    ) -> (pattern: DialPattern, open: Int)? {
        var best: (pattern: DialPattern, open: Int)?
        for pattern in patterns {
            for form in forms {
                if let open = pattern.openDigits(of: form), open < best?.open ?? .max { best = (pattern, open) }
            }
        }
        return best
    }

    /// `+44 (0)20 …`: the bracketed zero is for callers inside that country. Italy and San Marino keep it: there it is
    /// part of the number.
    private static func withoutBracketedTrunkPrefix(_ text: String) -> String {
        let bytes = Array(text.utf8)
        let mark = Array("(0)".utf8)
        guard text.hasPrefix("+"), !text.hasPrefix("+39"), !text.hasPrefix("+378"), bytes.count > mark.count else {
            return text
        }
        for start in 0...(bytes.count - mark.count) where Array(bytes[start..<(start + mark.count)]) == mark {
            return String(decoding: bytes[..<start] + bytes[(start + mark.count)...], as: UTF8.self)
        }
        return text
    }
}
