/// What a message is about; each has a template in every language.
package enum LetterKind: String, CaseIterable, Hashable, Sendable {
    /// A whole fax.
    case fax
    /// A fax of which something is missing.
    case incomplete
    /// A call without a page.
    case empty
    /// To the operator: something was reported that is not there.
    case notice
    /// To the operator: a message could not be delivered.
    case undelivered
}
