import FaxModel
import FaxPages
import FaxSettings

/// Whether somebody wants a cover page before the documents, and what it says.
///
/// It travels to faxd, so it names no file.
struct CoverWish: Codable, Sendable {
    var noCover = false
    var regarding: String?
    var comments: String?
    var from: String?

    /// What makes the cover pages of a fax, its template read and every word parsed; nil where none is wanted.
    ///
    /// `own` is a template of the sender's instead of the settings'. Fails for words that would stand nowhere: a message without a template to put it on, `-C` beside `-n`.
    func sheet(
        _ settings: Settings, _ look: PageWish, _ sender: SenderWish, own: CoverTemplate? = nil
    ) throws(FaxError) -> CoverSheet? {
        let name = from == nil ? try sender.name(settings.sending)?.text : from
        let said = CoverSheet.Words(
            from: name == "" ? nil : try name.map(CoverLine.init(parsing:)),
            station: try sender.stationID.map(StationID.init(parsing:)) ?? settings.sending.stationID,
            regarding: try regarding.map(CoverLine.init(parsing:)),
            comments: try comments.map(CoverComments.init(parsing:)))
        if noCover {
            if own != nil {
                throw FaxError(.usage, "-C names a cover page and -n wants none; keep one")
            }
            return nil
        }
        var read = own
        if read == nil, let path = settings.sending.cover { read = try CoverTemplate(reading: path) }
        guard let read else {
            guard regarding == nil, comments == nil else {
                throw FaxError(
                    .usage, "-r and -c are for a cover page, and there is none: give -C, or set sending.cover")
            }
            return nil
        }
        return CoverSheet(
            template: read, words: said, times: TimeText(settings.timeZone),
            drawing: RenderSettings(resolution: look.resolution(settings), paper: look.paper(settings), maxPages: 1))
    }
}
