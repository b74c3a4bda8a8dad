import FaxModel
import FaxPages
import FaxSettings

/// How somebody wants pages made; nil is as the settings say.
struct PageWish: Codable, Sendable {
    var lines: Resolution?
    var pageSize: PaperSize?
    var quality: PageQuality?
    var skipBlank = false
    var thinBlack = false
    var allowDamaged = false
    var longPages: LongPages?
    var maxSeconds: Int?

    func resolution(_ settings: Settings) -> Resolution {
        lines ?? settings.sending.resolution
    }

    func paper(_ settings: Settings) -> PaperSize { pageSize ?? settings.sending.pageSize }

    /// What pages are drawn as.
    func rendering(_ settings: Settings) -> RenderSettings {
        var drawing = RenderSettings(
            resolution: resolution(settings), paper: paper(settings), quality: quality ?? settings.sending.quality,
            maxPages: settings.sending.maxPages)
        drawing.skipsBlank = skipBlank
        drawing.thinsBlack = thinBlack
        drawing.allowsDamaged = allowDamaged
        drawing.longPages = longPages ?? .split
        return drawing
    }
}
