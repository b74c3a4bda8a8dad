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
}
