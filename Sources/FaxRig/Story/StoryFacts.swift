/// What is known of a call once its log and its packets were read: what the likely reason is found by.
package struct StoryFacts: Hashable, Sendable {
    package enum T38: Hashable, Sendable {
        case notAsked, agreed
        case refused(Int)
        case unanswered
        /// Agreed to, and no port was named where its packets could go.
        case withoutPort
    }

    /// Whether the server whose story it is sends the fax; nil where no fax began.
    package var isSending: Bool?
    package var isAnswered = false
    /// The SIP status that ended the call before it was answered.
    package var refusal: Int?
    /// The first INVITE got no answer at all.
    package var isIgnored = false
    package var isGivenUp = false
    package var t38 = T38.notAsked
    /// Packets from the far end, and how many are known to be lost; nil where nobody looked.
    package var soundFromFarEnd: Int?
    package var dataFromFarEnd: Int?
    package var lost = 0
    /// The far end has said anything in the language of faxes.
    package var heardFax = false
    /// Rates that were tried in this order, in bit/s.
    package var rates: [Int] = []
    package var failedTests = 0
    package var passedTest = false
    package var hasErrorCorrection: Bool?
    package var pagesBegun = 0
    package var pagesConfirmed = 0
    /// The last page was sent to its end, and its confirmation did not come.
    package var awaitsConfirmation = false
    /// Requests to repeat parts of a page (PPR), and pages called bad (RTN).
    package var repeatRequests = 0
    package var framesRepeated = 0
    package var badPages = 0
    package var badRows = 0
    package var unanswered = 0
    /// The far machine said goodbye before all was over.
    package var farEndSaidGoodbye = false
    /// Who ended the call; nil where it isn't known.
    package var weHungUp: Bool?
    /// T.30's result in spandsp's words, or FAXERROR.
    package var result: String?
    /// The dialplan's own words: not let go, no agreement and so on.
    package var gateRefused = false
    package var ranOutOfTime = false
    /// From the answer to the end.
    package var seconds: Double?

    package init() {}
}
