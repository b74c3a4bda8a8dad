package import FaxModel

/// Where faxes go and which are not wanted, as the settings say.
package struct InboxRules: Hashable, Sendable {
    /// Who is told when something is wrong, and who gets what is for nobody else.
    package var `operator`: EmailAddress
    /// For faxes that no route is for.
    package var standard: InboundHandling
    package var routes: [InboundRoute]
    package var blocks: [BlockRule]
    /// How numbers are written here; nil: they are compared as they come.
    package var plan: NumberingPlan?

    package init(
        operator: EmailAddress, standard: InboundHandling = InboundHandling(), routes: [InboundRoute] = [],
        blocks: [BlockRule] = [], plan: NumberingPlan? = nil
    ) {
        self.operator = `operator`
        self.standard = standard
        self.routes = routes
        self.blocks = blocks
        self.plan = plan
    }

    /// The number as it came, and in its canonical notation where there is one.
    func forms(of number: String) -> [String] {
        guard let plan, let parsed = try? FaxNumber(parsing: number) else { return [number] }
        let canonical = plan.canonical(parsed).digits
        return canonical == number ? [number] : [number, canonical]
    }

    /// The rule by which a received fax is junk.
    package func junk(caller: String, station: String) -> BlockRule? {
        let forms = forms(of: caller)
        return blocks.first { rule in forms.contains { rule.fits(caller: $0, station: station) } }
    }
}
