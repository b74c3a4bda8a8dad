import FaxModel
import FaxPages
import FaxStore

/// What became of a received fax, and who must hear of it: the report weighed against the file.
///
/// SUCCESS is believed only with a file that has the pages: spandsp reports success with none for some damaged images, and
/// for pages that it could not write, because the disk was full.
struct Verdict: Hashable {
    var event: InboxReceiptState.Event
    var pages: Int?
    var isComplete: Bool
    var reason: String
    var note: String
    /// Pages of the TIFF that the PDF lacks.
    var missingPages: Int
    /// The recipients get a message with what there is.
    var tellsRecipients: Bool
    /// The operator gets a notice of his own.
    var tellsOperator: Bool

    init(_ receipt: InboxReceipt, _ file: ReceivedFile) {
        let reported = receipt.pages ?? 0
        let success = receipt.origin == .report && receipt.faxStatus == "SUCCESS"
        let failure = receipt.reason.isEmpty ? FailureWords(receipt).text : receipt.reason
        note = ""
        missingPages = 0
        pages = receipt.pages
        isComplete = false
        switch file {
        case .none:
            event = .nothingReceived
            tellsRecipients = false
            let isLost = success || reported > 0
            // The caller's machine was answered and then failed by us: nobody else can know.
            tellsOperator = isLost || FailureWords.isOurFault(receipt)
            let lost = success ? "the call reported success" : "the call reported \(Wording.pages(reported))"
            reason = isLost ? "\(lost), but there is no file" : failure
        case .unreadable(let why):
            event = .archived
            tellsRecipients = reported > 0
            tellsOperator = reported == 0
            reason = success ? "the received file can't be read" : failure
            note = "No PDF could be made of the received TIFF (\(why))."
        case .pages(let result):
            let (count, cutShort, missing) = (result.pages, result.cutShort, result.missing)
            event = .archived
            pages = count
            tellsRecipients = true
            missingPages = missing.count
            tellsOperator = success && reported == 0
            if !success {
                reason = failure
            } else if reported == 0 {
                reason = "the call reported success with no page"
            } else {
                var faults: [String] = []
                if !missing.isEmpty { faults.append("\(Wording.pageList(missing.keys.sorted())) can't be read") }
                if !cutShort.isEmpty { faults.append(Wording.pageList(cutShort, are: "cut short")) }
                if !result.damaged.isEmpty { faults.append(Wording.pageList(result.damaged, are: "damaged")) }
                if reported > count + missing.count {
                    faults.append("the call reported \(Wording.pages(reported)), the file has \(count)")
                }
                reason = faults.joined(separator: "; ")
                isComplete = faults.isEmpty
            }
            if missingPages > 0 {
                note = Wording.pageList(missing.keys.sorted(), are: "in the TIFF and not in the PDF") + ". "
            }
            if !success && !cutShort.isEmpty { note += Wording.pageList(cutShort, are: "cut short") + "." }
            if note.last == " " { note.removeLast() }
            if let first = note.first { note = first.uppercased() + note.dropFirst() }
        }
    }
}
