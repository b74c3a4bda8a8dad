import FaxModel

/// Reasons, which are kept in English, in the language of a message. What is not known stays English.
struct ReasonWords {
    let language: MessageStyle.Language

    /// Each of several reasons, which are kept with `; ` between them.
    func text(_ reason: String) -> String {
        guard language != .en else { return reason }
        return reason.split(separator: "; ").map { one(String($0)) }.joined(separator: "; ")
    }

    private func one(_ reason: String) -> String {
        // "words (spandsp's own)"
        let words = reason.firstRange(of: " (").map { reason[..<$0.lowerBound] } ?? reason[...]
        guard let known = Self.table[String(words)] else { return pages(reason) ?? lack(reason) ?? reason }
        return language.pick(String(words), known.de, known.fr, known.es) + reason[words.endIndex...]
    }

    /// `page 2 is cut short`, `pages 2, 3 and 7 can't be read`
    private func pages(_ reason: String) -> String? {
        let isOne = reason.hasPrefix("page ")
        guard isOne || reason.hasPrefix("pages ") else { return nil }
        let endings = isOne ? Self.endingsOfOne : Self.endingsOfSeveral
        for (en, de, fr, es) in endings where reason.hasSuffix(en) {
            let numbers = reason.dropFirst(isOne ? 5 : 6).dropLast(en.count)
            let and = language.pick(" and ", " und ", " et ", " y ")
            let noun =
                isOne
                ? language.pick("page ", "Seite ", "la page ", "la página ")
                : language.pick("pages ", "die Seiten ", "les pages ", "las páginas ")
            return noun + numbers.replacing(" and ", with: and) + language.pick(en, de, fr, es)
        }
        return nil
    }

    private static let endingsOfOne = [
        (" is cut short", " ist abgeschnitten", " est coupée", " está cortada"),
        (" is damaged", " ist beschädigt", " est endommagée", " está dañada"),
        (" can't be read", " ist nicht lesbar", " est illisible", " no se puede leer"),
    ]
    private static let endingsOfSeveral = [
        (" are cut short", " sind abgeschnitten", " sont coupées", " están cortadas"),
        (" are damaged", " sind beschädigt", " sont endommagées", " están dañadas"),
        (" can't be read", " sind nicht lesbar", " sont illisibles", " no se pueden leer"),
    ]

    /// `the call reported 5 pages, the file has 2`
    private func lack(_ reason: String) -> String? {
        guard let found = reason.wholeMatch(of: /the call reported ([0-9]+) pages?, the file has ([0-9]+)/) else {
            return nil
        }
        let (said, there) = (found.output.1, found.output.2)
        return language.pick(
            reason, "die Verbindung meldete \(said), die Datei hat \(there) Seiten",
            "l'appel a annoncé \(said) pages, le fichier en a \(there)",
            "la llamada informó de \(said) páginas, el archivo tiene \(there)")
    }

    private static let table: [String: (de: String, fr: String, es: String)] = [
        "the call was cut off": (
            "die Verbindung ist abgebrochen", "l'appel a été interrompu", "la llamada se cortó"
        ),
        "the line was too bad, and both sides gave up": (
            "die Leitung war zu schlecht, beide Seiten gaben auf",
            "la ligne était trop mauvaise, les deux côtés ont renoncé",
            "la línea era demasiado mala y ambos lados desistieron"
        ),
        "the line was too bad to agree on a speed": (
            "die Leitung war zu schlecht für eine gemeinsame Geschwindigkeit",
            "la ligne était trop mauvaise pour convenir d'un débit",
            "la línea era demasiado mala para acordar una velocidad"
        ),
        "the sender's signal was lost in the middle of a page": (
            "das Signal des Absenders ging mitten in einer Seite verloren",
            "le signal de l'expéditeur s'est perdu au milieu d'une page",
            "la señal del remitente se perdió en mitad de una página"
        ),
        "the sender stopped answering": (
            "der Absender antwortete nicht mehr", "l'expéditeur n'a plus répondu", "el remitente dejó de responder"
        ),
        "the sender hung up too early": (
            "der Absender hat zu früh aufgelegt", "l'expéditeur a raccroché trop tôt",
            "el remitente colgó demasiado pronto"
        ),
        "the caller is no fax machine, or one that speaks differently": (
            "der Anrufer ist kein Faxgerät, oder eines, das anders spricht",
            "l'appelant n'est pas un télécopieur, ou parle autrement",
            "quien llama no es un fax, o habla de otra manera"
        ),
        "the two machines do not understand each other": (
            "die beiden Geräte verstehen einander nicht", "les deux appareils ne se comprennent pas",
            "las dos máquinas no se entienden"
        ),
        "the two sides could not agree on T.38": (
            "die beiden Seiten konnten sich nicht auf T.38 einigen",
            "les deux côtés n'ont pas pu s'accorder sur T.38", "los dos lados no pudieron acordar T.38"
        ),
        "the file could not be written here": (
            "die Datei konnte hier nicht geschrieben werden", "le fichier n'a pas pu être écrit ici",
            "el archivo no se pudo escribir aquí"
        ),
        "this server had no memory left": (
            "dieser Server hatte keinen Speicher mehr", "ce serveur n'avait plus de mémoire",
            "este servidor no tenía más memoria"
        ),
        "this server could not begin to receive": (
            "dieser Server konnte den Empfang nicht beginnen", "ce serveur n'a pas pu commencer à recevoir",
            "este servidor no pudo empezar a recibir"
        ),
        "the caller hung up": ("der Anrufer hat aufgelegt", "l'appelant a raccroché", "quien llamaba colgó"),
        "the transmission failed": (
            "die Übertragung ist gescheitert", "la transmission a échoué", "la transmisión falló"
        ),
        "Asterisk crashed or was restarted during the call": (
            "Asterisk ist während des Anrufs abgestürzt oder neu gestartet worden",
            "Asterisk est tombé ou a été redémarré pendant l'appel",
            "Asterisk se cayó o fue reiniciado durante la llamada"
        ),
        "the call never reported its end": (
            "der Anruf hat sein Ende nie gemeldet", "l'appel n'a jamais annoncé sa fin",
            "la llamada nunca comunicó su fin"
        ),
        "the call left a file and no word about it": (
            "der Anruf hat eine Datei hinterlassen und kein Wort darüber",
            "l'appel a laissé un fichier sans un mot", "la llamada dejó un archivo y ninguna palabra sobre él"
        ),
        "the received file can't be read": (
            "die empfangene Datei ist nicht lesbar", "le fichier reçu est illisible",
            "el archivo recibido no se puede leer"
        ),
        "the call reported success, but there is no file": (
            "der Anruf meldete Erfolg, aber es gibt keine Datei",
            "l'appel a annoncé un succès, mais il n'y a pas de fichier",
            "la llamada comunicó éxito, pero no hay archivo"
        ),
        "the call reported success with no page": (
            "der Anruf meldete Erfolg ohne eine Seite", "l'appel a annoncé un succès sans page",
            "la llamada comunicó éxito sin ninguna página"
        ),
    ]
}
