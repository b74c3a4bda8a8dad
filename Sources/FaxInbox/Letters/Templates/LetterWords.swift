import FaxModel
import FaxStore

/// Words that the messages of one language are made of.
struct LetterWords {
    let language: MessageStyle.Language

    init(_ language: MessageStyle.Language) { self.language = language }

    func pages(_ count: Int) -> String {
        let one = count == 1
        return "\(count) "
            + language.pick(
                one ? "page" : "pages", one ? "Seite" : "Seiten", one ? "page" : "pages", one ? "página" : "páginas")
    }

    func forNumber(_ number: String) -> String { language.pick(" for ", " für ", " pour le ", " para el ") + number }

    var complete: String { language.pick("complete", "vollständig", "complète", "completo") }
    var incomplete: String { language.pick("incomplete", "unvollständig", "incomplète", "incompleto") }
    var unknownNumber: String {
        language.pick("unknown number", "unbekannte Nummer", "numéro inconnu", "número desconocido")
    }
    var anUnknownNumber: String {
        language.pick("an unknown number", "unbekannter Nummer", "un numéro inconnu", "un número desconocido")
    }
    var unknown: String { language.pick("unknown", "unbekannt", "inconnu", "desconocido") }
    var noReason: String {
        language.pick("no reason is known", "kein Grund bekannt", "aucune raison connue", "no se conoce la razón")
    }
    var itsRecipient: String { language.pick("its recipient", "den Empfänger", "son destinataire", "su destinatario") }

    func notDelivered(by kind: InboxErrand.Kind, _ target: String) -> String {
        switch kind {
        case .print:
            language.pick(
                "it could not be printed on ", "es konnte nicht gedruckt werden auf ",
                "elle n'a pas pu être imprimée sur ",
                "no se pudo imprimir en ") + target
        case .folder:
            language.pick(
                "it could not be copied into ", "es konnte nicht kopiert werden nach ",
                "elle n'a pas pu être copiée dans ", "no se pudo copiar en ") + target
        case .command, .repack, .read:
            language.pick(
                "a program did not take it", "ein Programm nahm es nicht an", "un programme ne l'a pas acceptée",
                "un programa no lo aceptó")
        }
    }

    var smaller: String {
        language.pick(
            "The attached file is smaller than the one in the archive.",
            "Die angehängte Datei ist kleiner als die im Archiv.",
            "Le fichier joint est plus petit que celui de l'archive.",
            "El archivo adjunto es más pequeño que el del archivo.")
    }
    var tooLarge: String {
        language.pick(
            "The fax is too large to be attached.", "Das Fax ist zu groß für einen Anhang.",
            "La télécopie est trop volumineuse pour être jointe.",
            "El fax es demasiado grande para adjuntarlo.")
    }

    /// FAXRESOLUTION, in pixels per metre, as people know it.
    func resolution(_ text: String) -> String {
        switch text {
        case "8031x3850": language.pick("standard", "normal", "standard", "estándar") + " (204 x 98 dpi)"
        case "8031x7700": language.pick("fine", "fein", "fine", "fina") + " (204 x 196 dpi)"
        case "8031x15400": language.pick("superfine", "superfein", "superfine", "superfina") + " (204 x 391 dpi)"
        default: text
        }
    }

    func errorCorrection(_ text: String) -> String {
        switch text.lowercased() {
        // Asterisk doesn't tell what was agreed on: FAXOPT(ecm) is what we offer.
        case "yes":
            language.pick(
                "error correction offered", "Fehlerkorrektur angeboten", "correction d'erreurs proposée",
                "corrección de errores ofrecida")
        case "no":
            language.pick(
                "without error correction", "ohne Fehlerkorrektur", "sans correction d'erreurs",
                "sin corrección de errores")
        default: "ECM \(text)"
        }
    }

    func mode(_ text: String) -> String {
        switch text {
        case "T38": "T.38"
        case "audio": language.pick("audio", "Sprachkanal", "audio", "audio")
        default: text
        }
    }

    /// The table of facts; a line without a value is left out.
    var facts: String {
        let rows = [
            (language.pick("From", "Von", "De", "De"), "${caller_number}"),
            (language.pick("Name", "Name", "Nom", "Nombre"), "${caller_name}"),
            (language.pick("Station id", "Kennung", "Identifiant", "Identificador"), "${station}"),
            (language.pick("To", "An", "À", "Para"), "${dialled}"),
            (language.pick("Time", "Zeit", "Heure", "Hora"), "${time}"),
            (language.pick("Pages", "Seiten", "Pages", "Páginas"), "${pages}"),
            (language.pick("Result", "Ergebnis", "Résultat", "Resultado"), "${result}"),
            (language.pick("Line", "Leitung", "Ligne", "Línea"), "${line}"),
            (language.pick("Bad lines", "Bildfehler", "Lignes mauv.", "Líneas malas"), "${bad_lines}"),
            (language.pick("Call", "Anruf", "Appel", "Llamada"), "${call}"),
            (language.pick("Archived as", "Abgelegt als", "Archivé sous", "Archivado en"), "${archived}"),
            (language.pick("Fetch it at", "Abrufbar bei", "À chercher à", "Se recoge en"), "${link}"),
        ]
        let width = language == .en ? 12 : 14
        let table = rows.map { name, value in
            name + ":" + String(repeating: " ", count: max(1, width - name.count)) + value + "\n"
        }.joined()
        return table + "\n${note}\n"
    }

    /// What the parts of the attached file's name mean.
    var closing: String { "${file_parts}\n" }

    /// The file's name taken apart, in words.
    func parts(of file: String, zone: String) -> String {
        let (title, parts) =
            switch language {
            case .en:
                (
                    "The file \(file)\nis named after the call, with an underscore between the parts:",
                    [
                        "the number that was dialled", "the number that called",
                        "the account code, or the channel where there is none", "date and time of the call (\(zone))",
                        "Asterisk's unique id of the call",
                    ]
                )
            case .de:
                (
                    "Die Datei \(file)\nheißt nach dem Anruf, mit einem Unterstrich zwischen den Teilen:",
                    [
                        "die gewählte Nummer", "die Nummer des Anrufers", "die Kontokennung, oder der Kanal ohne eine",
                        "Datum und Uhrzeit des Anrufs (\(zone))", "Asterisks eigene Kennung des Anrufs",
                    ]
                )
            case .fr:
                (
                    "Le fichier \(file)\nporte le nom de l'appel, un tiret bas entre les parties :",
                    [
                        "le numéro composé", "le numéro appelant", "le code de compte, ou le canal s'il n'y en a pas",
                        "date et heure de l'appel (\(zone))", "l'identifiant unique de l'appel chez Asterisk",
                    ]
                )
            case .es:
                (
                    "El archivo \(file)\nse llama como la llamada, con un guion bajo entre las partes:",
                    [
                        "el número marcado", "el número que llamó", "el código de cuenta, o el canal si no lo hay",
                        "fecha y hora de la llamada (\(zone))", "el identificador único de la llamada en Asterisk",
                    ]
                )
            }
        return title + "\n" + parts.map { "  \($0)" }.joined(separator: "\n")
    }
}

extension MessageStyle.Language {
    /// The one of four texts that is in this language.
    func pick(_ en: String, _ de: String, _ fr: String, _ es: String) -> String {
        switch self {
        case .en: en
        case .de: de
        case .fr: fr
        case .es: es
        }
    }
}
