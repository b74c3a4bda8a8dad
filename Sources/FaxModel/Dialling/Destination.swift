/// A number that may be faxed, in the forms that matter.
package struct Destination: Hashable, Sendable {
    /// For comparing: `+…` where the country is known, else as typed.
    package var canonical: FaxNumber
    /// For the call file.
    package var dialled: FaxNumber

    package init(canonical: FaxNumber, dialled: FaxNumber) {
        self.canonical = canonical
        self.dialled = dialled
    }
}
