import FaxModel
import FaxPages
import FaxSettings
import FaxStore
import SpoolFiles

/// A fax that was asked for, every word understood and allowed.
struct FaxSubmission {
    let settings: Settings
    let look: PageWish
    let schedule: ScheduleWish
    /// By the clock at which it was asked for.
    let times: (due: UnixTime, deadline: UnixTime)
    let sender: SenderWish
    /// nil: no cover pages.
    let sheet: CoverSheet?
    /// With the entries left out, since their number was named before.
    let recipients: RecipientList
    let requests: [FaxRequest]

    /// Throws one line for each thing that is wrong; nothing is rendered or stored yet.
    init(_ wish: SubmitFax, owner: String, settings: Settings, now: UnixTime = Clock.now()) throws {
        let (look, sender, schedule) = (wish.pages, wish.sender, wish.schedule)
        try schedule.check()
        if let cover = wish.ownCover, cover.text.utf8.count > Self.coverLimit {
            throw FaxError(.data, "\(cover.name): a cover page's template has at most \(Self.coverLimit) bytes")
        }
        times = try schedule.times(settings, now: now)
        let own = try wish.ownCover.map { try CoverTemplate(parsing: $0.text, name: $0.name) }
        self.settings = settings
        self.look = look
        self.sender = sender
        self.schedule = schedule
        sheet = try wish.cover.sheet(settings, look, sender, own: own)
        recipients = try RecipientList(
            wish.recipients, policy: NumberPolicy(settings.sending.numbers),
            limit: settings.sending.numbers?.maxRecipients ?? Settings.Numbers.usualRecipients)
        requests = try recipients.recipients.map { recipient in
            try Self.request(to: recipient, wish, sender, schedule, look, owner: owner, settings)
        }
    }

    private static let coverLimit = 4_000_000

    /// Every value through its parser; the settings fill in what was not said.
    private static func request(
        to recipient: Recipient, _ wish: SubmitFax, _ sender: SenderWish, _ schedule: ScheduleWish,
        _ look: PageWish, owner: String, _ settings: Settings
    ) throws(FaxError) -> FaxRequest {
        let sending = settings.sending
        if sending.trunks.isEmpty {
            throw FaxError(.configuration, "sending.trunk is not set: name the PJSIP endpoint that calls go out by")
        }
        guard let station = try sender.stationID.map(StationID.init(parsing:)) ?? sending.stationID else {
            throw FaxError(.configuration, "no station id: give -S, or set sending.station_id")
        }
        let ownTag = try wish.tag.map(JobTag.init(parsing:))
        let (number, dialled) = (recipient.destination.canonical, recipient.destination.dialled)
        return FaxRequest(
            owner: owner, number: number, dialled: dialled == number ? nil : dialled, name: recipient.name,
            fields: recipient.fields.isEmpty ? nil : recipient.fields,
            trunk: try schedule.onlyTrunk(settings), stationID: station,
            callerID: try sender.callerID.map(CallerID.init(parsing:)) ?? sending.callerID,
            header: try sender.name(sending),
            resolution: look.resolution(settings), ecm: sending.ecm && !wish.noECM, t38: sending.t38,
            rate: try wish.rate.map(SignallingRate.init(parsing:)) ?? sending.rate,
            template: try wish.template.map(Settings.templateParser) ?? sending.template,
            tag: recipient.tag ?? ownTag, notify: try wish.notify(settings, owner: owner))
    }
}
