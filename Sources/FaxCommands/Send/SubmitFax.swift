import FaxModel

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

    var pages = PageWish()
    var sender = SenderWish()
    var schedule = ScheduleWish()
    var cover = CoverWish()
    var ownCover: OwnCover?
    var noECM = false
    var rate: String?
    var template: String?
    var tag: String?

    var notifyWish: Notify.Wish?
    var mail: String?
    var attach = false
}
