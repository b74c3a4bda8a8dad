package import FaxModel

/// What came of an attempt to close the gate of one attempt.
package enum GateDecision: Hashable, Sendable {
    /// No call will ever transmit for this attempt.
    case closed
    /// A call passed before; without `uniqueid` its marker can't be read.
    case alreadyHeld(StartMarker)
}
