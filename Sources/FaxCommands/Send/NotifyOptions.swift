import ArgumentParser
import FaxModel
import FaxSettings

/// Who is told by mail what becomes of a fax.
struct NotifyOptions: ParsableArguments {
    @Flag(name: [.customShort("D"), .long], help: "Mail when it is over.") var notifyDone = false
    @Flag(name: [.customShort("R"), .long], help: "Mail when it is over, and each time that it is tried again.")
    var notifyRequeue = false
    @Flag(name: [.customShort("N"), .long], help: "No mail.") var notifyNone = false
    @Flag(help: "Mail only when it was not delivered.") var notifyFailed = false
    @Option(name: [.customShort("M"), .customLong("mail")], help: ArgumentHelp("To whom.", valueName: "address"))
    var mail: String?
    @Flag(help: "With the document attached.") var attach = false

    func validate() throws {
        if [notifyDone, notifyRequeue, notifyNone, notifyFailed].count(where: { $0 }) > 1 {
            throw ValidationError("-D, -R, -N and --notify-failed exclude each other")
        }
    }

    var wish: Notify.Wish? {
        notifyDone ? .done : notifyRequeue ? .requeue : notifyNone ? .never : notifyFailed ? .failed : nil
    }
}

extension SubmitFax {
    /// As it was asked for, or as the settings have it; nil: nobody is told.
    func notify(_ settings: Settings, owner: String) throws(FaxError) -> Notify? {
        let usual = settings.sending.notify
        let wish = notifyWish ?? usual.wish
        guard wish != .never else { return nil }
        var address: EmailAddress?
        if let mail {
            address = try EmailAddress(parsing: mail)
        } else if let domain = usual.domain {
            address = try? EmailAddress(parsing: "\(owner)@\(domain)")
        }
        guard let address else {
            // A wish that can't be met is said to be so; the settings' own is nobody's.
            guard notifyWish == nil else {
                throw FaxError(.usage, "to whom? give -M ADDRESS, or set sending.notify.domain")
            }
            return nil
        }
        return Notify(address: address, wish: wish, attachesDocument: attach || usual.attachesDocument)
    }
}
