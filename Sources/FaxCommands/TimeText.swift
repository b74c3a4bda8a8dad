import FaxModel
import Foundation

/// Moments as people and programs read them, in the settings' time zone.
struct TimeText {
    let zone: TimeZone

    init(_ identifier: String) { zone = TimeZone(identifier: identifier) ?? .gmt }

    /// ISO 8601 with offset, like 2026-11-22T21:04:05+01:00.
    func iso(_ time: UnixTime) -> String {
        date(time).formatted(
            Date.ISO8601FormatStyle(timeZone: zone).year().month().day().timeZone(separator: .colon).time(
                includingFractionalSeconds: false))
    }

    /// Like 2026-11-22 21:04:05.
    func plain(_ time: UnixTime) -> String {
        let iso = iso(time)
        return iso.prefix(10) + " " + iso.dropFirst(11).prefix(8)
    }

    /// Like 2026-11-22 21:04 +01:00.
    func minute(_ time: UnixTime) -> String {
        let offset = iso(time).dropFirst(19)
        return plain(time).prefix(16) + " " + (offset == "Z" ? "UTC" : offset)
    }

    private func date(_ time: UnixTime) -> Date { Date(timeIntervalSince1970: Double(time.milliseconds) / 1000) }
}
