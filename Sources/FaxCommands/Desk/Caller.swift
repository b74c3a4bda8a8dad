/// Who asks.
struct Caller: Hashable, Sendable {
    /// The user's name: the owner of what is submitted.
    var name: String
    /// Sees and touches everybody's jobs.
    var isAdministrator: Bool
}
