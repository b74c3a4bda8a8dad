import FaxModel
import FaxPages
import FaxStore
import Foundation
import SpoolFiles

extension Inbox {
    /// Takes one journalled fax to its end: file, PDF, messages, and only then the report's removal.
    func archive(_ receipt: InboxReceipt, now: UnixTime, _ pass: inout InboxPass) throws {
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
        if !receipt.junk.isEmpty { pass.junk += 1 }

        try store.settle(receipt, verdict.event, mail: plan.mail, errands: plan.errands, now: now)
        if verdict.event == .archived { pass.archived += 1 } else { pass.empty += 1 }
        if plan.tellsOperator { pass.problems.append("fax \(receipt.uniqueid): \(verdict.reason)") }
        if !routing.note.isEmpty { pass.problems.append("fax \(receipt.uniqueid): \(routing.note)") }
        try checkpoint(.settled)
        try clear(receipt)
        try checkpoint(.reportRemoved)
    }

    /// Removes what the spool still holds of a settled receipt. A report that could not be read, or came when the call had
    /// been given up, goes to the archive.
    func clear(_ receipt: InboxReceipt) throws {
        let report = settings.layout.receivedReport(receipt.call)
        if receipt.origin == .salvage, DurableFile.exists(report) {
            try files.keepReport(report, of: receipt.archiveName)
        }
        try records.removeReceived(receipt.call)
    }

    /// Moves the file into the archive and makes the PDF beside it; finds both where an earlier pass left them.
    private func takeFile(
        of receipt: InboxReceipt, tiff: String, pdf: String, _ style: MessageStyle
    ) throws -> ReceivedFile {
        let incoming = settings.layout.incomingTIFF(receipt.call)
        if let status = ArchiveFiles.status(incoming) {
            // Eight bytes are a TIFF's beginning; a page comes after them.
            if status.size <= 8 {
                try DurableFile.remove(incoming)
            } else {
                try files.makeDirectory(for: receipt.archiveName)
                try checkpoint(.directoryMade)
                // The PDF comes beside it at once.
                try files.move(incoming, to: tiff, isNameDurable: false)
            }
        }
        guard ArchiveFiles.status(tiff) != nil else { return .none }
        try checkpoint(.fileMoved)
        if tidied.insert(DurableFile.directory(of: pdf)).inserted { try files.removeLeftovers(beside: pdf) }
        do throws(FaxError) {
            let result = try FaxPDF.write(from: tiff, to: pdf, metadata: settings.metadata(of: receipt)) { page, info in
                guard style.showsPicture, pictures.count < Self.batch else { return }
                // Beside us: we go on to wait for the disk.
                pictures[receipt.uniqueid] = Task.detached { PagePicture.png(of: page, info) }
            }
            _ = chmod(pdf, 0o640)
            settings.owner?.take(pdf)
            return .pages(result)
        } catch {
            // A full disk is the same for all; a damaged TIFF will not become better.
            guard error.code == .data else { throw error }
            try DurableFile.fsyncDirectory(DurableFile.directory(of: tiff))
            return .unreadable(FarText.visible(error.message))
        }
    }
}
