import ArgumentParser
import FaxModel
import FaxPages

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

    /// The sender's own template, read with the sender's rights; nil where none is named.
    func ownTemplate() throws(FaxError) -> CoverTemplate? {
        guard let template else { return nil }
        guard !noCover else { throw FaxError(.usage, "-C names a cover page and -n wants none; keep one") }
        return try CoverTemplate(reading: template)
    }

    var wish: CoverWish {
        CoverWish(noCover: noCover, regarding: regarding, comments: comments, from: from)
    }
}
