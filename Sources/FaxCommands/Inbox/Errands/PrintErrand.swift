import FaxInbox
import FaxModel
import FaxStore
import Foundation
import SpoolFiles

/// A received fax on paper. lp(1) has a copy when it returns, so the printer may be off.
struct PrintErrand {
    let printer: String
    let settings: InboxSettings
    let style: MessageStyle

    func run(_ receipt: InboxReceipt) throws(FaxError) {
        guard let file = receipt.pdf ?? receipt.tiff else { throw FaxError(.data, "there is no file to print") }
        var files = [file]
        var title = "Fax \(receipt.uniqueid)"
        let draft = "\(settings.layout.messages)/print-\(UUID().uuidString).txt"
        defer { unlink(draft) }
        if let warning = settings.warning(of: receipt, style) {
            // A sheet before the others: paper has no subject.
            try DurableFile.publish(Array(warning.utf8), at: draft)
            files.insert(draft, at: 0)
            title += ", incomplete"
        }
        let program = ProgramRun(["/usr/bin/lp", "-s", "-d", printer, "-t", title, "-o", "fit-to-page", "--"] + files)
        try program.run(seconds: 60)
    }
}
