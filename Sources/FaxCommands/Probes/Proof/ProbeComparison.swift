import FaxModel
import FaxPages
import Foundation

/// What came out of a mailbox beside what was sent.
struct ProbeComparison {
    /// The TIFF that was sent.
    let sent: String
    let resolution: Resolution
    /// Who drew the line at the top of the pages.
    let headerLine: HeaderLine

    /// Compares the fax in a message; throws `FaxError.data` when there is none in it that can be compared.
    func compare(_ message: [UInt8]) throws -> PageComparison {
        let parts = FaxMessage(message).parts()
        let scratch = try JobDirectory()
        defer { withExtendedLifetime(scratch) {} }
        let received = scratch.file("received.tiff")
        if let tiff = parts.first(where: { $0.type == "image/tiff" }) {
            try Data(tiff.bytes).write(to: URL(fileURLWithPath: received))
        } else if let pdf = parts.first(where: { $0.type == "application/pdf" }) {
            _ = try PDFFaxImages.write(from: pdf.bytes, to: received, resolution: resolution)
        } else {
            throw FaxError(.data, "no fax is attached to the message: neither a PDF nor a TIFF")
        }
        return try PageComparison.compare(sent: sent, received: received, headerRows: headerRows)
    }

    private var headerRows: PageComparison.HeaderRows {
        switch headerLine {
        case .own: .drawn
        case .spandsp: .automatic
        case .none: .exactly(0)
        }
    }
}
