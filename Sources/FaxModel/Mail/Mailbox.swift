/// Where people get their faxes, as far as a probe has to look into it.
package protocol Mailbox: Sendable {
    /// The whole message about the fax with that mark that came at `since` or later; nil: it isn't there, or not yet.
    ///
    /// Throws `FaxError` when the mailbox can't be looked into.
    func message(about mark: ProbeMark, since: UnixTime) async throws -> [UInt8]?
}
