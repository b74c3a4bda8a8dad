/// The options of SendFAX that a call may carry (res_fax.c); a closed list, so that no text ever becomes an option.
package enum SendFAXOptions: String, CaseIterable, Hashable, Sendable {
    /// Our own T.38 re-INVITE if the far end sends none, and audio if T.38 can't be agreed.
    case t38WithFallback = "fz"
    /// Audio only (G.711 pass-through).
    case audioOnly = "F"
}
