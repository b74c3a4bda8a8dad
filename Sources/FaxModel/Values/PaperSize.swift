/// The page that a document is fitted to. Widths are all sent as 1728 pixels.
package enum PaperSize: String, CaseIterable, Hashable, Sendable, Codable {
    case a4
    case letter
    case legal

    /// Width in millimetres.
    package var width: Double { self == .a4 ? 210 : 215.9 }

    /// Height in millimetres.
    package var height: Double {
        switch self {
        case .a4: 297
        case .letter: 279.4
        case .legal: 355.6
        }
    }
}
