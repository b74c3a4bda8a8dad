import FaxModel

/// The templates that we bring.
enum OwnLetters {
    static func text(_ kind: LetterKind, _ language: MessageStyle.Language) -> String {
        let words = LetterWords(language)
        let facts = words.facts
        let closing = words.closing
        switch (kind, language) {
        case (.fax, .en):
            return
                "Subject: Fax from ${from}, ${page_count}\n\nA fax${for_dialled} has come in.\n\n\(facts)\n\(closing)"
        case (.fax, .de):
            return
                "Subject: Fax von ${from}, ${page_count}\n\nEin Fax${for_dialled} ist eingegangen.\n\n\(facts)\n\(closing)"
        case (.fax, .fr):
            return "Subject: Télécopie de ${from}, ${page_count}\n\nUne télécopie${for_dialled} est arrivée.\n\n"
                + "\(facts)\n\(closing)"
        case (.fax, .es):
            return "Subject: Fax de ${from}, ${page_count}\n\nHa llegado un fax${for_dialled}.\n\n\(facts)\n\(closing)"
        case (.incomplete, .en):
            return """
                Subject: Incomplete fax from ${from}, ${page_count}

                A fax${for_dialled} has come in, but NOT ALL OF IT: ${reason}.
                Please ask the sender for what is missing.

                \(facts)
                \(closing)
                """
        case (.incomplete, .de):
            return """
                Subject: Unvollständiges Fax von ${from}, ${page_count}

                Ein Fax${for_dialled} ist eingegangen, aber NICHT VOLLSTÄNDIG: ${reason}.
                Bitte fragen Sie den Absender nach dem Rest.

                \(facts)
                \(closing)
                """
        case (.incomplete, .fr):
            return """
                Subject: Télécopie incomplète de ${from}, ${page_count}

                Une télécopie${for_dialled} est arrivée, mais PAS EN ENTIER : ${reason}.
                Veuillez demander le reste à l'expéditeur.

                \(facts)
                \(closing)
                """
        case (.incomplete, .es):
            return """
                Subject: Fax incompleto de ${from}, ${page_count}

                Ha llegado un fax${for_dialled}, pero NO COMPLETO: ${reason}.
                Pida al remitente lo que falta, por favor.

                \(facts)
                \(closing)
                """
        case (.empty, .en):
            return
                "Subject: Call without a fax from ${from}\n\nA call${for_dialled} brought no page: ${reason}.\n\n\(facts)"
        case (.empty, .de):
            return "Subject: Anruf ohne Fax von ${from}\n\nEin Anruf${for_dialled} brachte keine Seite: ${reason}.\n\n"
                + facts
        case (.empty, .fr):
            return "Subject: Appel sans télécopie de ${from}\n\nUn appel${for_dialled} n'a apporté aucune page : "
                + "${reason}.\n\n\(facts)"
        case (.empty, .es):
            return
                "Subject: Llamada sin fax de ${from}\n\nUna llamada${for_dialled} no trajo ninguna página: ${reason}.\n\n"
                + facts
        case (.notice, .en):
            return "Subject: Fax problem: ${reason}\n\nA call from ${from} needs your attention: ${reason}.\n\n"
                + "\(facts)\n\(closing)"
        case (.notice, .de):
            return
                "Subject: Fax-Problem: ${reason}\n\nEin Anruf von ${from} braucht Ihre Aufmerksamkeit: ${reason}.\n\n"
                + "\(facts)\n\(closing)"
        case (.notice, .fr):
            return
                "Subject: Problème de télécopie : ${reason}\n\nUn appel de ${from} demande votre attention : ${reason}.\n\n"
                + "\(facts)\n\(closing)"
        case (.notice, .es):
            return "Subject: Problema de fax: ${reason}\n\nUna llamada de ${from} necesita su atención: ${reason}.\n\n"
                + "\(facts)\n\(closing)"
        case (.undelivered, .en):
            return """
                Subject: Not delivered to ${recipient}: Fax from ${from}, ${page_count}

                The message about this fax could not be delivered to ${recipient} and is given up:

                ${error}

                \(facts)
                \(closing)
                """
        case (.undelivered, .de):
            return """
                Subject: Nicht zugestellt an ${recipient}: Fax von ${from}, ${page_count}

                Die Nachricht über dieses Fax konnte ${recipient} nicht zugestellt werden und wird aufgegeben:

                ${error}

                \(facts)
                \(closing)
                """
        case (.undelivered, .fr):
            return """
                Subject: Non remis à ${recipient} : télécopie de ${from}, ${page_count}

                Le message sur cette télécopie n'a pas pu être remis à ${recipient} et est abandonné :

                ${error}

                \(facts)
                \(closing)
                """
        case (.undelivered, .es):
            return """
                Subject: No entregado a ${recipient}: fax de ${from}, ${page_count}

                El mensaje sobre este fax no se pudo entregar a ${recipient} y se abandona:

                ${error}

                \(facts)
                \(closing)
                """
        }
    }
}
