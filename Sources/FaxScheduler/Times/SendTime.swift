package import FaxModel
package import Foundation

/// Moments as a person writes them: in the words of at(1), or as ISO 8601.
package enum SendTime {
    /// The moment that `text` means, on the clock of `zone`.
    ///
    /// As with at(1), a time of day that is over today is tomorrow's; with a day that is over it is refused. A time that
    /// daylight saving leaves out is the first moment after the gap; of one that comes twice the first counts. Throws
    /// `FaxError.usage`.
    package static func parse(_ text: String, now: UnixTime, zone: TimeZone) throws(FaxError) -> UnixTime {
        var words = TimeWords(text, now: now, zone: zone)
        if let moment = try words.iso8601() { return moment }
        return try words.moment()
    }

    /// A moment that may be over: `2026-11-24`, or with a time as in ISO 8601. Throws `FaxError.usage`.
    package static func past(_ text: String, zone: TimeZone) throws(FaxError) -> UnixTime {
        let words = TimeWords(text.contains("T") ? text : text + "T00:00", now: UnixTime(seconds: 0), zone: zone)
        guard let moment = try words.iso8601() else {
            throw FaxError(.usage, "time \(quoted(text)): write it like 2026-11-24 or 2026-11-24T18:30")
        }
        return moment
    }
}
