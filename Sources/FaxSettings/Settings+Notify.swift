package import FaxModel

extension Settings {
    /// `sending.notify`: what the owner of a job is told unless fax-send says otherwise.
    package struct Notifying: Hashable, Sendable {
        package var wish: Notify.Wish
        /// USER@domain is told; nil: only an address that fax-send names.
        package var domain: String?
        package var attachesDocument: Bool
    }

    static func notify(_ s: SettingsSection) -> Notifying {
        defer { s.refuseUnknownKeys() }
        return Notifying(
            wish: s.choice("wish", as: Notify.Wish.self) ?? .failed, domain: s.value("domain", hostNameParser),
            attachesDocument: s.flag("attach") ?? false)
    }

    /// A program and its arguments.
    static func command(_ s: SettingsSection, _ key: String) -> [String] {
        let words = s.parsedList(key, as: CommandWord.self).map(\.description)
        if let program = words.first, !program.hasPrefix("/") {
            s.missing(key, "must begin with a program's absolute path, is \(quoted(program))")
        }
        return words
    }

    private struct CommandWord: ParsedText {
        let description: String

        init(parsing text: String) throws(FaxError) {
            guard !text.utf8.contains(0) else { throw FaxError(.configuration, "must not hold a NUL") }
            description = text
        }
    }
}
