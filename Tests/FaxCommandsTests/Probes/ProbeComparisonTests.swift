import FaxMail
import FaxModel
import FaxPages
import Foundation
import Testing

@testable import FaxCommands

/// A probe's fax in a message, beside what was sent.
@Suite struct ProbeComparisonTests {
    private let scratch: ScratchDirectory
    private let sent: String

    init() throws {
        scratch = try ScratchDirectory()
        sent = scratch.path + "/sent.tiff"
        _ = try TestPage(lines: ["Fax test page", "second line"]).write(to: sent, at: .fine)
    }

    /// What a far machine writes down, coded by itself; `flipped` pixels are wrong.
    private func received(_ coding: FaxTIFFWriter.Coding, flipped: Int = 0) throws -> String {
        let path = scratch.path + "/received.tiff"
        var bits = try TIFFFile.decode(sent, page: 0).bits
        for pixel in 0..<flipped { bits.bytes[(100 + pixel) * bits.bytesPerRow + 7] ^= 1 }
        var writer = try FaxTIFFWriter(path: path, totalPages: 1)
        try writer.add(bits, .fine, coding)
        _ = try writer.finish()
        return path
    }

    /// The message as a Maildir gets it.
    private func message(_ name: String, _ type: String, _ path: String, _ mark: ProbeMark) async throws -> [UInt8] {
        let directory = scratch.path + "/Maildir-" + UUID().uuidString
        let address = try EmailAddress(parsing: "fax@example.org")
        var message = MailMessage(
            from: address, to: [address], subject: "Fax", date: UnixTime(seconds: 1_795_690_800), messageID: "x@y",
            text: "A fax.\n", attachments: [.init(name: name, contentType: type, path: path)],
            fields: [.init("X-Fax-Pages", "1"), .init("X-Fax-Station", mark.station)])
        message.picture = [137, 80, 78, 71]
        try await MaildirMailer(directory: directory).deliver(message, to: address)
        let found = try await MaildirMailbox(directory: directory).message(about: mark, since: UnixTime(seconds: 0))
        #expect(
            try await MaildirMailbox(directory: directory).message(
                about: ProbeMark(random: 1), since: UnixTime(seconds: 0)) == nil)
        return try #require(found)
    }

    private func compare(_ message: [UInt8]) throws -> PageComparison {
        try ProbeComparison(sent: sent, resolution: .fine, headerLine: .none).compare(message)
    }

    @Test(
        "a PDF with the coded pages is compared pixel by pixel",
        arguments: [FaxTIFFWriter.Coding.g3OneDimensional, .g3TwoDimensional, .g4],
        [FaxPDF.Options.Coding.received, .smallest])
    func pdf(coding: FaxTIFFWriter.Coding, form: FaxPDF.Options.Coding) async throws {
        for flipped in [0, 5] {
            let pdf = scratch.path + "/fax.pdf"
            var options = FaxPDF.Options()
            options.coding = form
            options.paper = form == .smallest ? .letter : nil
            _ = try FaxPDF.write(
                from: try received(coding, flipped: flipped), to: pdf,
                metadata: FaxPDF.Metadata(created: UnixTime(seconds: 0)), options: options)
            let comparison = try compare(
                try await message("fax.pdf", "application/pdf", pdf, ProbeMark(random: 42)))
            #expect(comparison.pagesReceived == 1)
            #expect(comparison.pages.map(\.differingPixels) == [flipped])
            #expect(comparison.isIdentical == (flipped == 0))
        }
    }

    @Test("a TIFF as well")
    func tiff() async throws {
        let message = try await message("fax.tiff", "image/tiff", try received(.g4, flipped: 3), ProbeMark(random: 42))
        #expect(try compare(message).pages.map(\.differingPixels) == [3])
    }

    @Test("what can't be compared says why")
    func refused() async throws {
        let text = try scratch.write("no fax", to: "x.txt")
        for (type, words) in [("text/plain", "no fax is attached"), ("application/pdf", "there are no fax pages")] {
            let message = try await message("x", type, text, ProbeMark(random: 42))
            let error = #expect(throws: FaxError.self) { try compare(message) }
            #expect(error?.message.contains(words) == true)
        }
    }

    @Test("a Maildir that isn't there is an error, not an empty one")
    func noMaildir() async throws {
        await #expect(throws: FaxError.self) {
            try await MaildirMailbox(directory: scratch.path + "/none").message(
                about: ProbeMark(random: 1), since: UnixTime(seconds: 0))
        }
    }
}
