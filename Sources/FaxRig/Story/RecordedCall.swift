/// One call of a scenario, with what is known of it.
package struct RecordedCall: Sendable {
    /// The scenario's name, with a number from the second call on: a file name.
    package var name: String
    package var story: FaxStory
    /// SIP and T.30 as they were.
    package var evidence: String
    /// The call's own packets.
    package var capture: [UInt8]?
}
