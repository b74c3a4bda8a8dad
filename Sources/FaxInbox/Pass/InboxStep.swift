/// The places in a pass at which it may be killed; each is just behind something durable.
package enum InboxStep: String, CaseIterable, Hashable, Sendable {
    case journalled
    case directoryMade
    case fileMoved
    case pdfMade
    case settled
    case reportRemoved
    /// The mail server has the message, and the store doesn't know yet.
    case accepted
    case mailRecorded
}
