package import FaxModel
import Foundation
package import SpoolFiles

/// What the inbox must know about this server and its people.
package struct InboxSettings: Hashable, Sendable {
    /// Where the faxes for one number go.
    package struct Route: Hashable, Sendable {
        /// Compared with the dialled number as the dialplan gives it, character by character.
        package var number: String
        package var to: [EmailAddress]

        package init(number: String, to: [EmailAddress]) {
            self.number = number
            self.to = to
        }
    }

    package let layout: SpoolLayout
    /// This machine's name, the right side of every Message-ID.
    package let host: String
    /// Like `Europe/Berlin`: for the times in file names and letters.
    package let timeZoneIdentifier: String
    package let from: EmailAddress
    package let fromName: String
    /// Who is told when something is wrong, and who gets what is for nobody else.
    package let `operator`: EmailAddress
    /// For faxes whose number has no route and whose call named nobody.
    package let recipients: [EmailAddress]
    package let routes: [Route]
    /// The longest that an inbound call can last, in seconds: FAXMAXCALL of the dialplan.
    package let maxCall: Int64

    let timeZone: TimeZone

    /// Throws `FaxError.configuration` on a host that can't stand in a Message-ID, an unknown time zone, and a longest call
    /// of no length.
    package init(
        layout: SpoolLayout, host: String, timeZoneIdentifier: String, from: EmailAddress, fromName: String = "",
        operator: EmailAddress, recipients: [EmailAddress] = [], routes: [Route] = [], maxCall: Int64
    ) throws(FaxError) {
        do throws(FaxError) { _ = try EmailAddress(parsing: "fax@\(host)") } catch {
            throw FaxError(.configuration, "host \(quoted(host)) is not a host name")
        }
        guard host.utf8.count <= 120 else {
            throw FaxError(.configuration, "host \(quoted(host)) has more than 120 characters")
        }
        guard let timeZone = TimeZone(identifier: timeZoneIdentifier) else {
            throw FaxError(
                .configuration,
                "time_zone \(quoted(timeZoneIdentifier)) is unknown; use a name like Europe/Berlin or UTC")
        }
        guard maxCall > 0 else { throw FaxError(.configuration, "receiving.max_call must be above 0 seconds") }
        self.layout = layout
        self.host = host
        self.timeZoneIdentifier = timeZoneIdentifier
        self.from = from
        self.fromName = fromName
        self.operator = `operator`
        self.recipients = recipients
        self.routes = routes
        self.maxCall = maxCall
        self.timeZone = timeZone
    }
}
