import ArgumentParser
import FaxModel
import FaxPages
import FaxSettings

/// Everything that a user asks of one fax, as it was typed: what travels to whoever accepts it. The documents come apart,
/// and nothing in here names a file.
struct SubmitFax: Codable, Sendable {
    /// A template of the sender's own.
    struct OwnCover: Codable, Sendable {
        var name: String
        var text: String
    }

    /// The same for each try to submit it: it is accepted once.
    var key: String
    /// Another user than the caller; for administrators.
    var owner: String?
    var recipients: [RecipientEntry]
    /// Files, for the line that is printed.
    var documents: Int

    var resolution: Resolution?
    var pageSize: PaperSize?
    var quality: PageQuality?
    var skipBlank = false
    var thinBlack = false
    var allowDamaged = false
    var longPages: LongPages?
    var maxSeconds: Int?
    var stationID: String?
    var callerID: String?
    var header: String?
    var noECM = false
    var rate: String?
    var template: String?
    var tag: String?

    var at: String?
    var deadline: String?
    var tries: Int?
    var dials: Int?
    var priority: String?
    var hold = false
    var trunk: String?

    var noCover = false
    var cover: OwnCover?
    var regarding: String?
    var comments: String?
    var from: String?

    var notifyWish: Notify.Wish?
    var mail: String?
    var attach = false

    /// Whoever else the fax is about: the options of the command line again.
    func options() throws -> (
        look: PageOptions, sender: SenderOptions, schedule: ScheduleOptions, cover: CoverOptions
    ) {
        var look = try PageOptions.parse([])
        look.lines =
            switch resolution {
            case .standard: .low
            case .fine: .medium
            case .superfine: .superfine
            case nil: nil
            }
        look.pageSize = pageSize
        look.quality = quality
        look.skipBlank = skipBlank
        look.thinBlack = thinBlack
        look.allowDamaged = allowDamaged
        look.longPages = longPages
        look.maxSeconds = maxSeconds
        var sender = try SenderOptions.parse([])
        sender.stationID = stationID
        sender.callerID = callerID
        sender.header = header
        var schedule = try ScheduleOptions.parse([])
        schedule.at = at
        schedule.deadline = deadline
        schedule.tries = tries
        schedule.dials = dials
        schedule.priority = priority
        schedule.hold = hold
        schedule.trunk = trunk
        do { try schedule.validate() } catch { throw FaxError(.usage, "\(error)") }
        var words = try CoverOptions.parse([])
        words.noCover = noCover
        words.regarding = regarding
        words.comments = comments
        words.from = from
        return (look, sender, schedule, words)
    }
}
