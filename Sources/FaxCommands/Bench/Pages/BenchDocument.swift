import FaxModel
import Foundation

/// One page to be measured by.
struct BenchDocument: Sendable {
    var name: String
    var kind: BenchKind
    /// Path of a PDF; its first page counts.
    var pdf: String
    /// The document's own words.
    var words: [String]
    /// tesseract's name of its language.
    var language = "eng"
    /// Wider than high.
    var isLandscape: Bool { kind == .slide }

    /// The half that nothing is tuned by, chosen by the name alone.
    var isUntouched: Bool {
        var numbers = SeededNumbers(name)
        return numbers.next() & 1 == 1
    }
}
