import FaxModel
import FaxPages
import FaxStore
import Foundation
import SpoolFiles

extension Inbox {
    /// The directory for one journalled fax, with nothing in it that a killed pass has left.
    func makePlace(for receipt: InboxReceipt) throws {
        let isFile = ArchiveFiles.status(settings.layout.incomingTIFF(receipt.call)).map { $0.size > 8 }
        if isFile == true {
            try files.makeDirectory(for: receipt.archiveName)
            try checkpoint(.directoryMade)
        }
        let pdf = files.pdf(receipt.archiveName)
        guard isFile == true || ArchiveFiles.status(files.tiff(receipt.archiveName)) != nil else { return }
        if tidied.insert(DurableFile.directory(of: pdf)).inserted { try files.removeLeftovers(beside: pdf) }
    }

    /// What became of one fax.
    struct Archived: Sendable {
        var event: InboxReceiptState.Event
        var isJunk: Bool
        var problems: [String] = []

        func tell(_ pass: inout InboxPass) {
            if event == .archived { pass.archived += 1 } else { pass.empty += 1 }
            if isJunk { pass.junk += 1 }
            pass.problems += problems
        }
    }

    /// Takes one journalled fax to its end: file, PDF, messages, and only then the report's removal.
    nonisolated func archive(_ receipt: InboxReceipt, now: UnixTime) throws -> Archived {
        var receipt = receipt
        let tiff = files.tiff(receipt.archiveName)
        let pdf = files.pdf(receipt.archiveName)
        let routing = Routing(
            dialled: receipt.dialled, caller: receipt.callerNumber, station: receipt.remoteStationID ?? "",
            named: receipt.recipients, rules: settings.rules)
        let file = try takeFile(of: receipt, tiff: tiff, pdf: pdf, routing.handling.style)
        if case .pages = file { try checkpoint(.pdfMade) }
        let verdict = Verdict(receipt, file)
        receipt.pages = verdict.pages
        receipt.isComplete = verdict.isComplete
        receipt.reason = verdict.reason
        receipt.missingPages = verdict.missingPages
        if verdict.event == .archived { receipt.tiff = tiff }
        if case .pages(let pages) = file {
            receipt.pdf = pdf
            receipt.badLines = pages.badLines
        }
        receipt.route = routing.route
        receipt.note = [verdict.note, routing.note].filter { !$0.isEmpty }.joined(separator: " ")
        let plan = DeliveryPlan(&receipt, verdict, routing.handling, settings, now: now)

        try store.settle(receipt, verdict.event, mail: plan.mail, errands: plan.errands, now: now)
        var archived = Archived(event: verdict.event, isJunk: !receipt.junk.isEmpty)
        if plan.tellsOperator { archived.problems.append("fax \(receipt.uniqueid): \(verdict.reason)") }
        if !routing.note.isEmpty { archived.problems.append("fax \(receipt.uniqueid): \(routing.note)") }
        try checkpoint(.settled)
        try clear(receipt)
        try checkpoint(.reportRemoved)
        return archived
    }

    /// Removes what the spool still holds of a settled receipt. A report that could not be read, or came when the call had
    /// been given up, goes to the archive.
    nonisolated func clear(_ receipt: InboxReceipt) throws {
        let report = settings.layout.receivedReport(receipt.call)
        if receipt.origin == .salvage, DurableFile.exists(report) {
            try files.keepReport(report, of: receipt.archiveName)
        }
        try records.removeReceived(receipt.call)
    }

    /// Moves the file into the archive and makes the PDF beside it; finds both where an earlier pass left them. The place is
    /// made. Beside it the first page's picture begins to be drawn, if the message shows one.
    private nonisolated func takeFile(
        of receipt: InboxReceipt, tiff: String, pdf: String, _ style: MessageStyle
    ) throws -> ReceivedFile {
        let incoming = settings.layout.incomingTIFF(receipt.call)
        if let status = ArchiveFiles.status(incoming) {
            // Eight bytes are a TIFF's beginning; a page comes after them.
            if status.size <= 8 {
                try DurableFile.remove(incoming)
            } else {
                // The PDF comes beside it at once.
                try files.move(incoming, to: tiff, isNameDurable: false)
            }
        }
        guard ArchiveFiles.status(tiff) != nil else { return .none }
        try checkpoint(.fileMoved)
        do throws(FaxError) {
            var draw: (@Sendable () -> [UInt8])?
            let result = try FaxPDF.write(from: tiff, to: pdf, metadata: settings.metadata(of: receipt)) { page, info in
                if style.showsPicture { draw = { PagePicture.png(of: page, info) } }
            }
            _ = chmod(pdf, 0o640)
            settings.owner?.take(pdf)
            if let draw { pictures.put(Task.detached { draw() }, for: receipt.uniqueid) }
            return .pages(result)
        } catch {
            // A full disk is the same for all; a damaged TIFF will not become better.
            guard error.code == .data else { throw error }
            try DurableFile.fsyncDirectory(DurableFile.directory(of: tiff))
            return .unreadable(FarText.visible(error.message))
        }
    }
}
