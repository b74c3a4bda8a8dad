import ArgumentParser
import FaxModel
import FaxPages

/// How pages are made.
struct PageOptions: ParsableArguments {
    enum Lines: EnumerableFlag {
        case low, medium, superfine

        var resolution: Resolution {
            switch self {
            case .low: .standard
            case .medium: .fine
            case .superfine: .superfine
            }
        }

        static func name(for value: Lines) -> NameSpecification {
            switch value {
            case .low: [.customShort("l"), .customLong("standard")]
            case .medium: [.customShort("m"), .customLong("fine")]
            case .superfine: [.customShort("G"), .customLong("superfine")]
            }
        }

        static func help(for value: Lines) -> ArgumentHelp? {
            switch value {
            case .low: "98 lines an inch."
            case .medium: "196 lines an inch."
            case .superfine: "391 lines an inch."
            }
        }
    }

    @Flag(exclusivity: .exclusive) var lines: Lines?
    @Option(
        name: [.customShort("s"), .customLong("page-size")],
        help: ArgumentHelp("a4, letter or legal.", valueName: "size"))
    var pageSize: PaperSize?
    @Option(
        help: ArgumentHelp(
            "auto, document (no pictures, short calls) or photo (every tone, long calls).", valueName: "quality"))
    var quality: PageQuality?

    @Flag(help: "Leave out pages with nothing on them.") var skipBlank = false
    @Flag(help: "Thin out large black areas: a quarter of the toner at the far end.") var thinBlack = false
    @Flag(help: "Send the rest of a damaged document; the page that is missing says so.") var allowDamaged = false
    @Option(
        help: ArgumentHelp("Pages much longer than the paper: split (over several pages) or scale.", valueName: "how"))
    var longPages: LongPages?
    @Option(
        help: ArgumentHelp(
            "Refuse pages that take longer on the line (T.4 at 14,400 bit/s), with quality lowered where that helps.",
            valueName: "seconds"))
    var maxSeconds: Int?

    func validate() throws {
        if let maxSeconds, maxSeconds < 1 { throw ValidationError("--max-seconds must be at least 1") }
    }

    var wish: PageWish {
        PageWish(
            lines: lines?.resolution, pageSize: pageSize, quality: quality, skipBlank: skipBlank, thinBlack: thinBlack,
            allowDamaged: allowDamaged, longPages: longPages, maxSeconds: maxSeconds)
    }
}

extension PaperSize: ExpressibleByArgument {}
extension LongPages: ExpressibleByArgument {}
extension PageQuality: ExpressibleByArgument {}
