import FaxModel
import FaxStore
import Foundation
import Testing

@testable import FaxInbox

@Suite("What messages say")
struct LetterTests {
    private func receipt(_ change: (inout InboxReceipt) -> Void = { _ in }) throws -> InboxReceipt {
        var receipt = InboxReceipt(
            uniqueid: "1795381611.7", call: try InboxFixture.id("1795381611.7"), origin: .report,
            recordedAt: InboxFixture.now, startedAt: InboxFixture.call, endedAt: InboxFixture.end, dialled: "5550269",
            callerNumber: "5550100", callerName: "Ann", archiveName: "5550269/x")
        receipt.state = .archived
        receipt.isComplete = true
        receipt.pages = 2
        receipt.rate = 14400
        receipt.resolution = "8031x7700"
        receipt.ecm = "yes"
        receipt.mode = "T38"
        receipt.remoteStationID = "+49 30 555"
        receipt.badLines = 3
        change(&receipt)
        return receipt
    }

    private func letter(
        _ language: MessageStyle.Language, kind: InboxMail.Kind = .fax, letters: LetterBook? = nil,
        _ change: (inout InboxReceipt) -> Void = { _ in }
    ) throws -> MailMessage {
        let fixture = try InboxFixture()
        let address = try EmailAddress(parsing: "office@example.net")
        let settings = try InboxSettings(
            layout: fixture.layout, host: "fax.example.net", timeZoneIdentifier: "Europe/Berlin", from: address,
            rules: fixture.rules(), maxCall: 3600, letters: letters)
        var style = MessageStyle()
        style.language = language
        let receipt = try receipt(change)
        var stored = receipt
        stored.tiff = "/x.tiff"
        _ = try fixture.store.record(stored)
        try fixture.store.settle(
            stored, .archived, mail: [.init(kind, to: address, style: style)], now: InboxFixture.now)
        let mail = try #require(try fixture.store.mail(for: receipt.uniqueid).first)
        return FaxLetter(settings: settings, receipt: receipt, style: style)
            .message(for: mail, to: [address], failed: nil, enclosure: Enclosure())
    }

    @Test(
        "Each language says the same, in its own words",
        arguments: [
            (MessageStyle.Language.en, "Fax from 5550100 (+49 30 555), 2 pages", "Bad lines:   3"),
            (.de, "Fax von 5550100 (+49 30 555), 2 Seiten", "Ergebnis:      vollständig"),
            (.fr, "Télécopie de 5550100 (+49 30 555), 2 pages", "correction d'erreurs proposée, T.38"),
            (.es, "Fax de 5550100 (+49 30 555), 2 páginas", "fina (204 x 196 dpi)"),
        ])
    func languages(language: MessageStyle.Language, subject: String, line: String) throws {
        let message = try letter(language)
        #expect(message.subject == subject)
        #expect(message.text.contains(line), "\(message.text)")
        #expect(message.language == language.rawValue)
        #expect(!message.text.contains("$") && !message.text.contains("\n\n\n"))
    }

    @Test(
        "A reason is told in the message's language, with spandsp's own words behind it",
        arguments: [
            (
                MessageStyle.Language.de,
                "NICHT VOLLSTÄNDIG: die Verbindung ist abgebrochen (The call dropped prematurely)."
            ),
            (.fr, "PAS EN ENTIER : l'appel a été interrompu (The call dropped prematurely)."),
            (.es, "NO COMPLETO: la llamada se cortó (The call dropped prematurely)."),
        ])
    func reasons(language: MessageStyle.Language, text: String) throws {
        let message = try letter(language) {
            $0.isComplete = false
            $0.reason = "the call was cut off (The call dropped prematurely)"
        }
        #expect(message.text.contains(text), "\(message.text)")
        // As records of earlier versions have it.
        let pages = try letter(language) {
            $0.isComplete = false
            $0.reason = "page 2, 3 and 7 is cut short"
        }
        #expect(!pages.text.contains("cut short"))
    }

    @Test(
        "Several reasons are each told in the message's language",
        arguments: [
            (
                MessageStyle.Language.de,
                "Seite 9 ist nicht lesbar; die Seiten 2, 3 und 7 sind beschädigt; die Verbindung meldete 12, die Datei hat 8 Seiten"
            ),
            (
                .fr,
                "la page 9 est illisible; les pages 2, 3 et 7 sont endommagées; l'appel a annoncé 12 pages, le fichier en a 8"
            ),
            (
                .es,
                "la página 9 no se puede leer; las páginas 2, 3 y 7 están dañadas; la llamada informó de 12 páginas, el archivo tiene 8"
            ),
        ])
    func severalReasons(language: MessageStyle.Language, text: String) {
        let reason = "page 9 can't be read; pages 2, 3 and 7 are damaged; the call reported 12 pages, the file has 8"
        #expect(ReasonWords(language: language).text(reason) == text)
        #expect(ReasonWords(language: .en).text(reason) == reason)
        #expect(ReasonWords(language: language).text("pages 1 and 2 are cut short") != "pages 1 and 2 are cut short")
    }

    @Test("Every reason of ours is known in every language")
    func allReasons() {
        var receipt = InboxReceipt(
            uniqueid: "1.1", call: ChannelID("1.1")!, origin: .report, recordedAt: InboxFixture.now,
            endedAt: InboxFixture.now, archiveName: "x")
        for status in [
            "The call dropped prematurely", "Disconnected after permitted retries", "Failed to train with",
            "Carrier lost during", "Timed out waiting", "Unexpected DCN", "Received other than DIS", "Far end is not",
            "T38_NEG_ERROR", "FILE_ERROR", "MEMORY_ERROR", "INIT_ERROR", "HANGUP", "something new",
        ] {
            receipt.faxStatusText = status
            let english = FailureWords(receipt).text
            for language in MessageStyle.Language.allCases where language != .en {
                #expect(ReasonWords(language: language).text(english) != english, "\(english) in \(language)")
            }
        }
    }

    @Test("A line without a value is left out, one with words stays")
    func leftOut() throws {
        let template = try LetterTemplate(
            parsing: "Subject: a ${from}\n\nName: ${caller_name}\n${note}\n\n\nFor${for_dialled} x\n${link}\n\n",
            file: "t")
        let filled = template.fill { $0 == .from ? "b\r\nBcc: x" : "" }
        #expect(filled.subject == "a b Bcc: x")
        #expect(filled.text == "For x\n")
    }

    @Test("A template's own variables and those of the dialplan are known, others are named with their line")
    func variables() throws {
        _ = try LetterTemplate(parsing: "Subject: ${CALLERIDNUM}\n\n${FAXPAGES} ${UNIQUEID}\n", file: "t")
        let unknown = #expect(throws: FaxError.self) {
            try LetterTemplate(parsing: "Subject: x\n\nhello\n${nonsense}\n", file: "fax.de.txt")
        }
        #expect(unknown?.message.hasPrefix("fax.de.txt:4: there is no ${nonsense}") == true)
        for text in ["", "hello", "Subject: x\nno empty line", "Subject: ${from\n\n"] {
            #expect(throws: FaxError.self) { try LetterTemplate(parsing: text, file: "t") }
        }
    }

    @Test("An administrator's template stands in for ours, the others stay")
    func ownTemplates() throws {
        let fixture = try InboxFixture()
        let directory = fixture.root + "/letters"
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        try "Subject: Neu: ${pages}\r\n\r\nGrüße von ${callerNumber}".write(
            toFile: directory + "/fax.de.txt", atomically: true, encoding: .utf8)
        #expect(throws: FaxError.self) { try LetterBook(directory: directory) }
        try "Subject: Neu: ${pages}\r\n\r\nGrüße von ${caller_number}\r\n".write(
            toFile: directory + "/fax.de.txt", atomically: true, encoding: .utf8)
        let letters = try LetterBook(directory: directory)
        let message = try letter(.de, letters: letters)
        #expect(message.subject == "Neu: 2")
        #expect(message.text == "Grüße von 5550100\n")
        #expect(try letter(.en, letters: letters).subject.hasPrefix("Fax from"))
    }

    @Test("What a far end says makes no header and no line of its own")
    func hostile() throws {
        let message = try letter(.en) {
            $0.callerName = FarText.visible("x\r\nBcc: evil@x.net\u{202E}")
            $0.remoteStationID = FarText.visible("${recipient}\n\nSubject: y")
        }
        #expect(message.text.contains("Name:        x Bcc: evil@x.net\n"))
        // Filled in once: a value is no template.
        #expect(message.subject == "Fax from 5550100 (${recipient} Subject: y), 2 pages")
        #expect(message.fields.allSatisfy { !$0.value.contains("\n") })
    }
}
