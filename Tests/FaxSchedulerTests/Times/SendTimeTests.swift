import FaxModel
import FaxScheduler
import Foundation
import Testing

/// Moments in the words of at(1) and as ISO 8601.
@Suite struct SendTimeTests {
    static func zone(_ name: String) throws -> TimeZone { try #require(TimeZone(identifier: name)) }

    static func iso(_ time: UnixTime, _ zone: TimeZone) -> String {
        let formatter = DateFormatter()
        formatter.locale = Locale(identifier: "en_US_POSIX")
        formatter.timeZone = zone
        formatter.dateFormat = "yyyy-MM-dd HH:mm:ss"
        return formatter.string(from: Date(timeIntervalSince1970: Double(time.seconds)))
    }

    /// Tuesday, 2026-11-24 14:30:20 in Berlin.
    static let now = UnixTime(seconds: 1_795_527_020)

    @Test(
        "each form of at(1) and of ISO 8601",
        arguments: [
            ("now", "2026-11-24 14:30:20"), ("now + 2 hours", "2026-11-24 16:30:20"),
            ("now+90min", "2026-11-24 16:00:20"), ("now + 1 week", "2026-12-01 14:30:20"),
            ("now next week", "2026-12-01 14:30:20"), ("now + 3 months", "2027-02-24 14:30:20"),
            ("now + 1 year", "2027-11-24 14:30:20"), ("+ 5 minutes", "2026-11-24 14:35:20"),
            ("noon", "2026-11-25 12:00:00"), ("midnight", "2026-11-25 00:00:00"), ("teatime", "2026-11-24 16:00:00"),
            ("15:00", "2026-11-24 15:00:00"), ("14:30", "2026-11-25 14:30:00"), ("0830", "2026-11-25 08:30:00"),
            ("4pm", "2026-11-24 16:00:00"), ("4:30 pm", "2026-11-24 16:30:00"), ("12am", "2026-11-25 00:00:00"),
            ("12pm", "2026-11-25 12:00:00"), ("8:30 tomorrow", "2026-11-25 08:30:00"),
            ("18:00 today", "2026-11-24 18:00:00"), ("9:00 friday", "2026-11-27 09:00:00"),
            ("9:00 Tue", "2026-12-01 09:00:00"), ("9:00 Jul 31", "2027-07-31 09:00:00"),
            ("9:00 July 31, 2028", "2028-07-31 09:00:00"), ("9:00 12/24/26", "2026-12-24 09:00:00"),
            ("9:00 24.12.2026", "2026-12-24 09:00:00"), ("9:00 2026-12-24", "2026-12-24 09:00:00"),
            ("9:00 tomorrow + 1 day", "2026-11-26 09:00:00"), ("tomorrow", "2026-11-25 14:30:00"),
            ("18:00 utc", "2026-11-24 19:00:00"), ("2026-11-24T18:30", "2026-11-24 18:30:00"),
            ("2026-11-24T18:30:05Z", "2026-11-24 19:30:05"), ("2026-11-24T18:30+05:30", "2026-11-24 14:00:00"),
            ("2026-11-24t20:00-0500", "2026-11-25 02:00:00"), ("9:00 Feb 29 2028", "2028-02-29 09:00:00"),
        ])
    func forms(text: String, expected: String) throws {
        let zone = try Self.zone("Europe/Berlin")
        // 14:00 in Berlin is over; the same words an hour earlier are not.
        let now = text.contains("+05:30") ? Self.now.adding(seconds: -3600) : Self.now
        #expect(Self.iso(try SendTime.parse(text, now: now, zone: zone), zone) == expected)
    }

    @Test(
        "what can't be understood, doesn't exist or is over is refused in one line",
        arguments: [
            "", "soon", "25:00", "12:60", "13pm", "9:00 Feb 30 2027", "9:00 31.02.2027", "9:00 today", "now + hours",
            "now + 2 parsecs", "8", "9:00 2020-01-01", "2026-11-24T25:00", "2026-11-24T08:00", "9:00 tomorrow please",
            "now + 99999999 days", "2026-13-01T08:00", "2026-11-24T18:30+1", "9:00 a/b/c", "pm",
        ])
    func refused(text: String) throws {
        let zone = try Self.zone("Europe/Berlin")
        let error = #expect(throws: FaxError.self) { try SendTime.parse(text, now: Self.now, zone: zone) }
        #expect(error?.code == .usage)
        #expect(error?.message.contains("\n") == false)
        #expect(error?.message.contains("now + 2 hours") == true)
    }

    @Test(
        "a time that daylight saving leaves out is the first after the gap; of one that comes twice the first counts",
        arguments: [
            ("Europe/Berlin", "2:30 2027-03-28", "2027-03-28 03:00:00", Int64(1_806_195_600)),
            ("Europe/Berlin", "2:30 2027-10-31", "2027-10-31 02:30:00", 1_824_942_600),
            ("America/New_York", "2:15 2027-03-14", "2027-03-14 03:00:00", 1_805_007_600),
            ("America/New_York", "1:30 2027-11-07", "2027-11-07 01:30:00", 1_825_565_400),
            ("Australia/Lord_Howe", "2:10 2027-10-03", "2027-10-03 02:30:00", 1_822_491_000),
            ("Asia/Kolkata", "2:30 2027-03-28", "2027-03-28 02:30:00", 1_806_181_200),
        ])
    func daylightSaving(name: String, text: String, expected: String, seconds: Int64) throws {
        let zone = try Self.zone(name)
        let time = try SendTime.parse(text, now: Self.now, zone: zone)
        #expect(Self.iso(time, zone) == expected)
        #expect(time.seconds == seconds)
    }
}
