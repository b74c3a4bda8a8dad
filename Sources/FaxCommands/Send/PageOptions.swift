import ArgumentParser
import FaxModel
import FaxPages
import FaxSettings

/// How pages are made.
struct PageOptions: ParsableArguments {
    enum Lines: EnumerableFlag {
        case low, medium, superfine

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

    func resolution(_ settings: Settings) -> Resolution {
        switch lines {
        case .low: .standard
        case .medium: .fine
        case .superfine: .superfine
        case nil: settings.sending.resolution
        }
    }

    func paper(_ settings: Settings) -> PaperSize { pageSize ?? settings.sending.pageSize }

    /// What pages are drawn as.
    func rendering(_ settings: Settings) -> RenderSettings {
        RenderSettings(
            resolution: resolution(settings), paper: paper(settings), quality: quality ?? settings.sending.quality,
            maxPages: settings.sending.maxPages)
    }
}

extension PaperSize: ExpressibleByArgument {}
extension PageQuality: ExpressibleByArgument {}
