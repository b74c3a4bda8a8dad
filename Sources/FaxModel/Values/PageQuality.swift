/// What a page's greys are taken for on the way to black and white.
package enum PageQuality: String, CaseIterable, Hashable, Sendable, Codable {
    /// Decided region by region: text crisp, backgrounds gone, pictures as dots and dashes.
    case auto
    /// No pictures: everything is text, line art or background. The shortest calls.
    case document
    /// Every tone is kept, backgrounds too, and pictures get finer dots: longer calls.
    case photo
}
