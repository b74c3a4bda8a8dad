package import FaxModel
import Foundation

/// The templates of all messages in all languages: ours, and in their place what an administrator wrote.
package struct LetterBook: Hashable, Sendable {
    private struct Key: Hashable {
        var kind: LetterKind
        var language: MessageStyle.Language
    }

    private var templates: [Key: LetterTemplate] = [:]

    /// Reads `KIND.LANGUAGE.txt` files such as `fax.de.txt` from `directory`; what is not there is ours. Throws
    /// `FaxError.configuration` for one that can't be used.
    package init(directory: String? = nil) throws(FaxError) {
        if let directory, access(directory, R_OK | X_OK) != 0 {
            throw FaxError(.configuration, "receiving.templates \(directory): \(String(cString: strerror(errno)))")
        }
        for kind in LetterKind.allCases {
            for language in MessageStyle.Language.allCases {
                let name = "\(kind.rawValue).\(language.rawValue).txt"
                var text = OwnLetters.text(kind, language)
                var file = "own \(name)"
                if let directory, FileManager.default.fileExists(atPath: "\(directory)/\(name)") {
                    file = "\(directory)/\(name)"
                    do { text = try String(contentsOfFile: file, encoding: .utf8) } catch {
                        throw FaxError(.configuration, "\(file): can't be read as UTF-8")
                    }
                }
                templates[Key(kind: kind, language: language)] = try LetterTemplate(parsing: text, file: file)
            }
        }
    }

    func template(_ kind: LetterKind, _ language: MessageStyle.Language) -> LetterTemplate? {
        templates[Key(kind: kind, language: language)]
    }
}
