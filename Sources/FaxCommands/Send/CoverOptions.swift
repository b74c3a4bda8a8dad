import ArgumentParser
import FaxModel
import FaxPages
import FaxSettings

/// Whether a cover page goes before the documents, and what the sender says on it.
struct CoverOptions: ParsableArguments {
    @Flag(name: [.customShort("n"), .customLong("no-cover")], help: "No cover page, whatever the settings say.")
    var noCover = false
    @Option(
        name: [.customShort("C"), .customLong("cover")],
        help: ArgumentHelp("Template of the cover page, instead of the settings'.", valueName: "file"))
    var template: String?
    @Option(
        name: [.customShort("r"), .customLong("regarding")],
        help: ArgumentHelp("What the fax is about, for the cover page.", valueName: "text"))
    var regarding: String?
    @Option(
        name: [.customShort("c"), .customLong("comments")],
        help: ArgumentHelp("Message on the cover page; may have several lines.", valueName: "text"))
    var comments: String?
    @Option(
        name: [.customShort("f"), .customLong("from")],
        help: ArgumentHelp("Sender's name on the cover page; else the header line's.", valueName: "name"))
    var from: String?

    /// What makes the cover pages of a fax, its template read and every word parsed; nil where none is wanted.
    ///
    /// `own` is a template of the sender's that was read already. Fails for words that would stand nowhere: a message without a template to put it on, `-C` beside `-n`.
    func sheet(
        _ settings: Settings, _ look: PageOptions, _ sender: SenderOptions, own: CoverTemplate? = nil
    ) throws(FaxError) -> CoverSheet? {
        let name = from == nil ? try sender.name(settings.sending)?.text : from
        let said = CoverSheet.Words(
            from: name == "" ? nil : try name.map(CoverLine.init(parsing:)),
            station: try sender.stationID.map(StationID.init(parsing:)) ?? settings.sending.stationID,
            regarding: try regarding.map(CoverLine.init(parsing:)),
            comments: try comments.map(CoverComments.init(parsing:)))
        if noCover {
            if template != nil || own != nil {
                throw FaxError(.usage, "-C names a cover page and -n wants none; keep one")
            }
            return nil
        }
        let path = template ?? settings.sending.cover
        var read = own
        if read == nil, let path { read = try CoverTemplate(reading: path) }
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
