package import FaxModel
package import FaxPages

/// What came of one fax, from both ends; the object that `--json` prints.
package struct FaxRoundReport: Encodable, Sendable {
    package struct Mail: Encodable, Sendable {
        package var from: String
        package var to: String
        package var subject: String
        package var messageID: String
        package var attachment: String?
    }

    package struct Files: Encodable, Sendable {
        package var sent: String
        package var received: String
        package var pdf: String?
        package var message: String?

        package init(sent: String, received: String, pdf: String?, message: String?) {
            self.sent = sent
            self.received = received
            self.pdf = pdf
            self.message = message
        }
    }

    package var job: Int64
    package var state: JobState
    package var cause: Cause?
    /// T.30's result in Asterisk's own words.
    package var result: String
    package var pagesSent: Int
    package var pagesConfirmed: Int
    package var pagesReceived = 0
    package var pagesIdentical = 0
    package var pages: [PageComparison.Page] = []
    package var rate: Int?
    package var mode: String?
    package var remoteStationID: String?
    /// Seconds from the answer to the end of the call, over all attempts.
    package var lineSeconds: Double
    package var mail: Mail?
    package var files: Files?

    init(_ sent: SentJob) {
        job = sent.id
        state = sent.state
        cause = sent.cause
        result = sent.detail
        pagesSent = sent.pages
        pagesConfirmed = sent.pagesDone
        rate = sent.attempts?.last?.rate
        mode = sent.attempts?.last?.mode
        remoteStationID = sent.attempts?.last?.remoteStationID
        lineSeconds = (sent.attempts ?? []).compactMap(\.lineSeconds).reduce(0, +)
    }

    mutating func add(_ receipt: Receipt) { pagesReceived = receipt.pages }

    mutating func add(_ comparison: PageComparison) {
        pagesReceived = comparison.pagesReceived
        pagesIdentical = comparison.identical
        pages = comparison.pages
    }

    mutating func add(_ message: ReceivedMail) {
        let name = MessagePart.attachmentName(message.bytes)
        mail = Mail(
            from: message.value("From") ?? "", to: message.recipient ?? message.value("To") ?? "",
            subject: MessagePart.decoded(message.value("Subject") ?? ""), messageID: message.value("Message-ID") ?? "",
            attachment: name)
        files?.message = message.path
    }

    /// Everything that a fax promises: delivered, all pages identical, a message with the PDF in it.
    package var isPerfect: Bool {
        state == .delivered && pagesReceived == pagesSent && pagesIdentical == pagesSent
            && mail?.attachment?.hasSuffix(".pdf") == true
    }
}
