import Foundation

/// Counts which of a document's own words a text has, each as often as it is in both.
struct WordCount {
    private let own: [String: Int]
    let total: Int

    init(_ document: BenchDocument) {
        own = Self.counts(document.words.joined(separator: " "))
        total = own.values.reduce(0, +)
    }

    func found(in text: String) -> Int {
        let read = Self.counts(text)
        return own.reduce(0) { $0 + min($1.value, read[$1.key] ?? 0) }
    }

    private static func counts(_ text: String) -> [String: Int] {
        let words = text.lowercased().split { !$0.isLetter && !$0.isNumber }.filter { $0.count >= 2 }
        return Dictionary(words.map { (String($0), 1) }, uniquingKeysWith: +)
    }
}
