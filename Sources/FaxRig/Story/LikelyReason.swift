/// Why it came so, most likely, and what to change.
package struct LikelyReason: Hashable, Sendable {
    package var reason: String
    package var advice: [String]

    package init(_ reason: String, _ advice: String...) {
        self.reason = reason
        self.advice = advice
    }
}
