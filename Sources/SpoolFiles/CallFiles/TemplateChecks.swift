import FaxModel

/// What a template must have and must not have so that no fax is sent twice and every call reports its end.
struct TemplateChecks {
    let lines: [TemplateLine]
    private(set) var problems: [(line: Int, text: String)] = []

    init(_ lines: [TemplateLine]) {
        self.lines = lines
        for line in lines {
            if let problem = problem(of: line) { problems.append((line.number, problem)) }
        }
        checkDoubles()
        checkMissing()
    }

    private func problem(of line: TemplateLine) -> String? {
        let literal = line.text.literal
        switch line.key {
        case .application, .data: return "\(line.key.rawValue) bypasses the dialplan and its gate; remove it"
        case .retry, .startRetry, .endRetry, .abortRetry, .delayedRetry:
            return "\(line.key.rawValue) is Asterisk's own note; remove it"
        case .archive, .alwaysDelete:
            // ast_true() of main/utils.c
            let isTrue = ["yes", "true", "y", "t", "1", "on"].contains(literal?.lowercased())
            return isTrue ? nil : "\(line.key.rawValue) must be Yes"
        case .priority: return literal == "1" ? nil : "Priority must be 1"
        case .maxRetries, .retryTime, .waitTime:
            if line.text.variable?.isNumeric == true { return nil }
            let lowest = line.key == .maxRetries ? 0 : 1
            guard let number = literal.flatMap({ Int32($0) }), number >= lowest else {
                return "\(line.key.rawValue) must be a whole number from \(lowest) up, or one variable"
            }
            return nil
        case .channel:
            guard case .literal(let start)? = line.text.parts.first, let slash = start.firstIndex(of: "/"),
                slash != start.startIndex, line.text.parts.count > 1 || start.last != "/"
            else { return "Channel must look like PJSIP/${FAXNUMBER}@${FAXTRUNK}" }
            return nil
        case .context: return literal?.isEmpty == false ? nil : "Context must be the name of a context"
        case .extension, .callerID, .account, .codecs, .earlyMedia:
            return line.text.parts.isEmpty ? "\(line.key.rawValue) is empty; give it a value or remove it" : nil
        case .set, .setVar: return problem(ofSet: line)
        }
    }

    private func problem(ofSet line: TemplateLine) -> String? {
        switch line.name {
        case "FAXATTEMPT": return line.text.variable == .attempt ? nil : "must be 'Set: FAXATTEMPT=${FAXATTEMPT}'"
        case "FAXFILE": return line.text.variable == .faxFile ? nil : "must be 'Set: FAXFILE=${FAXFILE}'"
        case "FAXGATE", "FAXSPOOL", "FAXAGI", "FAXFASTAGI", "FAXHEARD":
            return "\(line.name ?? "") belongs to the dialplan; remove the line"
        case Self.handler:
            let parts = line.text.literal?.split(separator: ",", omittingEmptySubsequences: false) ?? []
            let isTarget = parts.count == 3 && parts.allSatisfy { !$0.isEmpty }
            return isTarget ? nil : "must be 'Set: \(Self.handler)=context,extension,priority'"
        default: return nil
        }
    }

    static let handler = "CHANNEL(hangup_handler_push)"

    private mutating func checkDoubles() {
        var seen: Set<String> = []
        for line in lines {
            let what = line.name.map { "Set: \($0)" } ?? line.key.rawValue
            if !seen.insert(what).inserted { problems.append((line.number, "\(what) a second time; keep one")) }
        }
    }

    private mutating func checkMissing() {
        let last = (lines.last?.number ?? 0) + 1
        let keys: [(CallFileKey, String)] = [
            (.channel, "PJSIP/${FAXNUMBER}@${FAXTRUNK}"), (.callerID, "${FAXSRC}"), (.waitTime, "${WAITTIME}"),
            (.maxRetries, "${RETRIES}"), (.retryTime, "${RETRYTIME}"), (.context, "fax-outbound"),
            (.extension, "${FAXNUMBER}"), (.archive, "Yes"),
        ]
        for (key, value) in keys where !lines.contains(where: { $0.key == key }) {
            problems.append((last, "no \(key.rawValue) line; add '\(key.rawValue): \(value)'"))
        }
        let names = [
            ("FAXATTEMPT", "${FAXATTEMPT}"), ("FAXFILE", "${FAXFILE}"), (Self.handler, "fax-outbound-result,s,1"),
        ]
        for (name, value) in names where !lines.contains(where: { $0.name == name }) {
            problems.append((last, "no 'Set: \(name)' line; add 'Set: \(name)=\(value)'"))
        }
    }
}
