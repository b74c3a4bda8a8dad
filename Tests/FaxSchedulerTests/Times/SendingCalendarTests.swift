import FaxModel
import FaxScheduler
import Foundation
import Testing

/// When a window is open, and when it opens next.
@Suite struct SendingCalendarTests {
    private static let weekdays: Set<Weekday> = [.monday, .tuesday, .wednesday, .thursday, .friday]

    private func rule(
        _ zone: String, _ from: Int, _ to: Int, days: Set<Weekday> = Set(Weekday.allCases), match: [String] = [],
        jobs: SendingRule.Class = .all, holidays: Bool = false
    ) throws -> SendingRule {
        SendingRule(
            match: try match.map(DialPattern.init(parsing:)), jobs: jobs, zone: zone,
            periods: [SendingRule.Period(days: days, from: from, to: to)], holidays: holidays)
    }

    /// `opens` of local times, in local times.
    private func opens(
        _ rules: [SendingRule], at text: String, number: String = "+49301234567", isBulk: Bool = false,
        holidays: [String] = []
    ) throws -> String? {
        let zone = try SendTimeTests.zone(rules[0].zone)
        let formatter = DateFormatter()
        formatter.locale = Locale(identifier: "en_US_POSIX")
        formatter.timeZone = zone
        formatter.dateFormat = "yyyy-MM-dd HH:mm:ss"
        let date = try #require(formatter.date(from: text))
        let calendar = SendingCalendar(rules: rules, holidays: try holidays.map(Holiday.init(parsing:)))
        let time = calendar.opens(
            number: try FaxNumber(parsing: number), dialled: nil, isBulk: isBulk,
            now: UnixTime(seconds: Int64(date.timeIntervalSince1970)))
        return time.map { SendTimeTests.iso($0, zone) }
    }

    @Test("a window is open from its first minute to before its last, on its days")
    func plain() throws {
        let office = [try rule("Europe/Berlin", 8 * 60, 18 * 60, days: Self.weekdays)]
        let table = [
            ("2026-11-24 07:59:59", "2026-11-24 08:00:00"), ("2026-11-24 08:00:00", "2026-11-24 08:00:00"),
            ("2026-11-24 17:59:59", "2026-11-24 17:59:59"), ("2026-11-24 18:00:00", "2026-11-25 08:00:00"),
            ("2026-11-27 18:00:00", "2026-11-30 08:00:00"), ("2026-11-28 12:00:00", "2026-11-30 08:00:00"),
        ]
        for (at, expected) in table { #expect(try opens(office, at: at) == expected) }
    }

    @Test("past midnight belongs to the day on which it began")
    func night() throws {
        let night = [try rule("Europe/Berlin", 22 * 60, 6 * 60, days: [.friday])]
        let table = [
            ("2026-11-27 21:59:00", "2026-11-27 22:00:00"), ("2026-11-27 23:00:00", "2026-11-27 23:00:00"),
            ("2026-11-28 05:59:00", "2026-11-28 05:59:00"), ("2026-11-28 06:00:00", "2026-12-04 22:00:00"),
            ("2026-11-27 05:00:00", "2026-11-27 22:00:00"),
        ]
        for (at, expected) in table { #expect(try opens(night, at: at) == expected) }
    }

    @Test(
        "both changes of daylight saving",
        arguments: [
            // Eight o'clock is eight o'clock on the Sunday of the change and on the Monday after.
            ("Europe/Berlin", 480, 1080, "2027-03-27 19:00:00", "2027-03-28 08:00:00"),
            ("Europe/Berlin", 480, 1080, "2027-10-30 19:00:00", "2027-10-31 08:00:00"),
            ("America/New_York", 480, 1080, "2027-03-13 19:00:00", "2027-03-14 08:00:00"),
            ("America/New_York", 480, 1080, "2027-11-06 19:00:00", "2027-11-07 08:00:00"),
            // A window that begins in the gap opens after it.
            ("Europe/Berlin", 150, 300, "2027-03-28 01:00:00", "2027-03-28 03:00:00"),
            ("Australia/Lord_Howe", 130, 300, "2027-10-03 01:00:00", "2027-10-03 02:30:00"),
            ("Asia/Kolkata", 150, 300, "2027-03-28 01:00:00", "2027-03-28 02:30:00"),
        ])
    func daylightSaving(zone: String, from: Int, to: Int, at: String, expected: String) throws {
        #expect(try opens([rule(zone, from, to)], at: at) == expected)
    }

    @Test("the hour that comes twice is open twice")
    func twice() throws {
        let calendar = SendingCalendar(rules: [try rule("Europe/Berlin", 120, 180)], holidays: [])
        let number = try FaxNumber(parsing: "1")
        // 2027-10-31 02:30 CEST and CET, an hour apart; then it is over until the next day.
        for seconds in [Int64(1_824_942_600), 1_824_946_200] {
            let now = UnixTime(seconds: seconds)
            #expect(calendar.opens(number: number, dialled: nil, isBulk: false, now: now) == now)
        }
        let after = UnixTime(seconds: 1_824_948_000)
        #expect(
            calendar.opens(number: number, dialled: nil, isBulk: false, now: after) == UnixTime(seconds: 1_825_030_800))
    }

    @Test("the first rule that fits decides; bulk and destination choose; nothing fits: always open")
    func choice() throws {
        let rules = [
            try rule("Europe/Berlin", 600, 660, match: ["_+49X."], jobs: .bulk),
            try rule("Europe/Berlin", 0, 1440, match: ["_+49X."]),
            try rule("Europe/Berlin", 720, 780, match: ["_+1X."]),
        ]
        let at = "2026-11-24 09:00:00"
        #expect(try opens(rules, at: at, isBulk: true) == "2026-11-24 10:00:00")
        #expect(try opens(rules, at: at) == at)
        #expect(try opens(rules, at: at, number: "+12025550123") == "2026-11-24 12:00:00")
        #expect(try opens(rules, at: at, number: "+33123456789") == at)
    }

    @Test("holidays, of one year and of every year, and the rule that knows none")
    func holidays() throws {
        let office = [try rule("Europe/Berlin", 480, 1080)]
        let days = ["12-25", "2026-12-26"]
        #expect(try opens(office, at: "2026-12-25 09:00:00", holidays: days) == "2026-12-27 08:00:00")
        #expect(try opens(office, at: "2027-12-25 09:00:00", holidays: days) == "2027-12-26 08:00:00")
        let always = [try rule("Europe/Berlin", 480, 1080, holidays: true)]
        #expect(try opens(always, at: "2026-12-25 09:00:00", holidays: days) == "2026-12-25 09:00:00")
        // The night before a holiday ends at midnight.
        let nights = [try rule("Europe/Berlin", 1320, 360)]
        #expect(try opens(nights, at: "2026-12-24 23:00:00", holidays: days) == "2026-12-24 23:00:00")
        #expect(try opens(nights, at: "2026-12-25 02:00:00", holidays: days) == "2026-12-27 22:00:00")
        let never = [try rule("Europe/Berlin", 480, 1080, days: [])]
        #expect(try opens(never, at: "2026-12-25 09:00:00") == nil)
    }
}
