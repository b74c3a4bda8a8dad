import FaxModel

/// How one document page comes to lie on the fax page.
///
/// A page keeps its natural size where the paper holds it, and is shrunk in proportion where it doesn't; it is never
/// enlarged. It is centred across and lies against the top edge, as the sheet would in a machine. A page that comes
/// out larger lying on its side is turned a quarter anticlockwise, which is what landscape means (RFC 8011 §5.2.10).
/// One that is much higher than the paper goes over several fax pages, if that is wanted.
struct PageFit: Hashable {
    /// Resolution at which the renderer draws, an inch of the document, in the document's own directions.
    let horizontal: Double
    let vertical: Double
    /// The drawn page is turned a quarter anticlockwise on its way to the fax page.
    let isTurned: Bool
    /// Pixels of the drawn page, before turning.
    let drawnWidth: Int
    let drawnHeight: Int
    /// White pixels to the left of it on the fax page.
    let left: Int
    /// Rows of the fax page.
    let rows: Int
    /// What doesn't fit goes on further fax pages.
    let isSplit: Bool

    init(_ page: PDFPageSize, _ settings: RenderSettings) {
        let across = Double(Resolution.pixelsPerInch)
        let down = Double(settings.resolution.linesPerInch)
        let (width, height) = (page.width / 72, page.height / 72)
        func scale(_ width: Double, _ height: Double) -> Double {
            // A4 rounded to whole points is a third of a row too high: what is over by less than two pixels is cut.
            let slack = 2.0
            let fits = width * across <= Double(Self.width) + slack && height * down <= Double(settings.rows) + slack
            return fits ? 1 : min(1, Double(Self.width) / (width * across), Double(settings.rows) / (height * down))
        }
        let wide = min(1, Double(Self.width) / (width * across))
        let pages = height * down * wide / Double(settings.rows)
        isSplit =
            settings.longPages == .split && width >= 1
            && height / width > Self.long * settings.paper.height / settings.paper.width
            && pages > 1.05 && pages <= Self.mostParts
        let upright = isSplit ? wide : scale(width, height)
        let turned = isSplit ? 0 : scale(height, width)
        isTurned = turned > upright
        let factor = max(turned, upright)
        horizontal = (isTurned ? down : across) * factor
        vertical = (isTurned ? across : down) * factor
        drawnWidth = max(1, Int((width * horizontal).rounded()))
        drawnHeight = max(1, Int((height * vertical).rounded()))
        left = max(0, (Self.width - (isTurned ? drawnHeight : drawnWidth)) / 2)
        rows = settings.rows
    }

    private static let width = Resolution.pixelsPerLine
    /// Half as high again as the paper: until then it is better read whole.
    private static let long = 1.5
    private static let mostParts = 50.0
}
