package import FaxModel
package import FaxPages
package import FaxStore
import Foundation
package import SpoolFiles

/// What the inbox must know about this server and its people.
package struct InboxSettings: Hashable, Sendable {
    package let layout: SpoolLayout
    /// This machine's name, the right side of every Message-ID.
    package let host: String
    /// Like `Europe/Berlin`: for the times in file names and letters.
    package let timeZoneIdentifier: String
    package let from: EmailAddress
    package let fromName: String
    /// Where faxes go and which are not wanted.
    package let rules: InboxRules
    /// The longest that an inbound call can last, in seconds: FAXMAXCALL of the dialplan.
    package let maxCall: Int64
    package let letters: LetterBook
    /// What stands before `DIALLED/NAME.pdf` in a link; nil: there are no links.
    package let linkBase: String?
    /// Bytes that attachments may have in a message.
    package let maxMessage: Int64
    /// Days for which junk is kept.
    package let keepJunkDays: Int
    /// Seconds after which the archive's PDF is made smaller; nil: never.
    package let repackAfter: Int64?
    /// Who the archive's files are given to; nil: they stay ours.
    package let owner: ArchiveOwner?

    let timeZone: TimeZone

    /// Who is told when something is wrong, and who gets what is for nobody else.
    package var `operator`: EmailAddress { rules.operator }

    /// Throws `FaxError.configuration` on a host that can't stand in a Message-ID, an unknown time zone, and a longest call
    /// of no length.
    package init(
        layout: SpoolLayout, host: String, timeZoneIdentifier: String, from: EmailAddress, fromName: String = "",
        rules: InboxRules, maxCall: Int64, letters: LetterBook? = nil, linkBase: String? = nil,
        maxMessage: Int64 = 20_000_000, keepJunkDays: Int = 30, repackAfter: Int64? = 300,
        owner: ArchiveOwner? = nil
    ) throws(FaxError) {
        do throws(FaxError) { _ = try EmailAddress(parsing: "fax@\(host)") } catch {
            throw FaxError(.configuration, "host \(quoted(host)) is not a host name")
        }
        guard host.utf8.count <= 120 else {
            throw FaxError(.configuration, "host \(quoted(host)) has more than 120 characters")
        }
        guard let timeZone = TimeZone(identifier: timeZoneIdentifier) else {
            throw FaxError(
                .configuration,
                "time_zone \(quoted(timeZoneIdentifier)) is unknown; use a name like Europe/Berlin or UTC")
        }
        guard maxCall > 0 else { throw FaxError(.configuration, "receiving.max_call must be above 0 seconds") }
        self.layout = layout
        self.host = host
        self.timeZoneIdentifier = timeZoneIdentifier
        self.from = from
        self.fromName = fromName
        self.rules = rules
        self.maxCall = maxCall
        self.letters = if let letters { letters } else { try LetterBook() }
        self.linkBase = linkBase
        self.maxMessage = maxMessage
        self.keepJunkDays = keepJunkDays
        self.repackAfter = repackAfter
        self.owner = owner
        self.timeZone = timeZone
    }

    /// How messages to the operator about a fax look: in his language, with no more of the fax in them than its own people
    /// were to get.
    package func operatorStyle(_ handling: InboundHandling) -> MessageStyle {
        rules.standard.style.noMore(than: handling.style)
    }

    /// Where a fax in the archive can be fetched. Its name holds nothing but letters, digits and `+ - . _`.
    func link(to receipt: InboxReceipt) -> String? {
        guard let linkBase, let file = receipt.pdf ?? receipt.tiff else { return nil }
        let ending = file.hasSuffix(".pdf") ? ".pdf" : ".tiff"
        let name = receipt.archiveName.replacing("+", with: "%2B")
        return linkBase + (linkBase.hasSuffix("/") ? "" : "/") + name + ending
    }

    /// What the PDF of a fax says about itself.
    package func metadata(of receipt: InboxReceipt) -> FaxPDF.Metadata {
        let time = receipt.startedAt ?? receipt.endedAt
        return FaxPDF.Metadata(
            title: "Fax from \(Wording.caller(receipt))",
            subject: receipt.dialled.isEmpty ? "" : "Fax for \(receipt.dialled)",
            author: receipt.remoteStationID ?? receipt.callerNumber, creator: "Callfax", created: time,
            utcOffset: LocalTime(time, in: timeZone).utcOffset)
    }
}
