package import FaxModel

/// Which route decides about a call, and who gets its fax.
///
/// The dialled number goes first: an exact one, the longest prefix, the narrowest range; among the routes for it, those that
/// ask for the caller or the station id as well. Then come routes for a caller, then those for a station id, then whom
/// the call named (FAXRCPT), then the default. What leads nowhere goes to the operator.
package struct Routing: Sendable {
    /// The name of the route, `FAXRCPT`, `default` or `operator`.
    package private(set) var route: String
    package private(set) var handling: InboundHandling
    /// What the call named that is no address; empty otherwise.
    package private(set) var note = ""
    /// Each thing that was considered and what came of it, in words.
    package private(set) var story: [String] = []

    package init(
        dialled: String, caller: String, station: String, named: String, rules: InboxRules
    ) {
        let forms = rules.forms(of: caller)
        let ranked = rules.routes.enumerated().sorted {
            ($1.element.rank, $0.offset) < ($0.element.rank, $1.offset)
        }.map(\.element)
        for route in ranked {
            if let reason = Self.mismatch(route, dialled: rules.forms(of: dialled), caller: forms, station: station) {
                story.append("route \(quoted(route.name)) (\(route.condition)): no, \(reason)")
                continue
            }
            story.append("route \(quoted(route.name)) (\(route.condition)): yes")
            self.route = route.name
            handling = route.handling
            if handling.leadsSomewhere {
                finish(rules)
                return
            }
            story.append("it names nobody: on to the next")
        }
        let (addresses, bad) = Self.addresses(named)
        if !bad.isEmpty { note = "FAXRCPT named \(bad.joined(separator: ", ")), which is no mail address." }
        self.route = addresses.isEmpty ? "default" : "FAXRCPT"
        handling = rules.standard
        if addresses.isEmpty {
            story.append(named.isEmpty ? "the call named nobody (FAXRCPT)" : "what the call named is no address")
        } else {
            story.append("the call named its recipients (FAXRCPT)")
            handling.recipients = addresses
        }
        if !bad.isEmpty {
            // Somebody who should have it doesn't get it.
            story.append("it named what is no address: the operator gets the fax, too")
            handling.recipients.append(rules.operator)
        }
        finish(rules)
    }

    private mutating func finish(_ rules: InboxRules) {
        if !handling.leadsSomewhere {
            story.append("nobody is named by default: the operator")
            route = "operator"
            handling.recipients = [rules.operator]
        }
        var seen: Set<String> = []
        handling.recipients = handling.recipients.filter { seen.insert($0.text.lowercased()).inserted }
    }

    /// Why a route is not for a call; nil where it is.
    private static func mismatch(
        _ route: InboundRoute, dialled: [String], caller: [String], station: String
    ) -> String? {
        if let match = route.dialled, !dialled.contains(where: match.matches) { return "another number was dialled" }
        if let match = route.caller, !caller.contains(where: match.matches) { return "another caller" }
        if let match = route.station, !match.matches(station) { return "another station id" }
        return nil
    }

    private static func addresses(_ text: String) -> (good: [EmailAddress], bad: [String]) {
        var good: [EmailAddress] = []
        var bad: [String] = []
        for word in text.split(whereSeparator: { ", ;\t".contains($0) }) {
            do throws(FaxError) { good.append(try EmailAddress(parsing: String(word))) } catch {
                bad.append(quoted(FarText.visible(String(word))))
            }
        }
        return (good, bad)
    }
}
