/// Kinds of pages that people fax; at least five documents of each are measured.
enum BenchKind: String, CaseIterable, Sendable {
    case invoice, letter, form, scan, screenshot, slide, map, photograph, table, smallPrint, lightOnDark, script, manual

    /// Whether gs has greys to halftone on it.
    var hasTones: Bool {
        switch self {
        case .letter, .smallPrint, .manual, .script, .form: false
        default: true
        }
    }

    /// Whether there is text to be read back.
    var hasText: Bool { self != .photograph }
    /// Whether all of it is black text on white.
    var isBlackText: Bool { self == .letter || self == .smallPrint || self == .script }
}
