import FaxModel
import FaxStore
import Foundation

/// A received fax on paper. lp(1) has a copy when it returns, so the printer may be off.
struct PrintErrand {
    let printer: String

    func run(_ receipt: InboxReceipt) throws(FaxError) {
        guard let file = receipt.pdf ?? receipt.tiff else { throw FaxError(.data, "there is no file to print") }
        let program = ProgramRun(
            ["/usr/bin/lp", "-s", "-d", printer, "-t", "Fax \(receipt.uniqueid)", "-o", "fit-to-page", "--", file])
        try program.run(seconds: 60)
    }
}
