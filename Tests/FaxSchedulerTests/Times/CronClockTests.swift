import FaxModel
import FaxScheduler
import Foundation
import Testing

@Suite struct CronClockTests {
    private func clock(_ text: String, _ zone: String) throws -> CronClock {
        CronClock(try CronExpression(parsing: text), zone: zone)
    }

    private func moment(_ text: String) throws -> UnixTime {
        UnixTime(seconds: Int64(try Date(text, strategy: .iso8601).timeIntervalSince1970))
    }

    /// Moments in UTC, after the first one and up to the last one of a stretch.
    private func moments(_ text: String, _ zone: String, _ from: String, _ to: String) throws -> [String] {
        try clock(text, zone).moments(after: moment(from), upTo: moment(to)).map {
            Date(timeIntervalSince1970: Double($0.seconds)).formatted(.iso8601)
        }
    }

    @Test("plain days: the clock of the zone counts, the first moment is past, the last one is in")
    func plain() throws {
        #expect(
            try moments("0 8,20 * * *", "Europe/Berlin", "2026-11-26T07:00:00Z", "2026-11-27T19:00:00Z") == [
                "2026-11-26T19:00:00Z", "2026-11-27T07:00:00Z", "2026-11-27T19:00:00Z",
            ])
        #expect(
            try moments("0 0 * * mon", "Asia/Kathmandu", "2026-11-22T00:00:00Z", "2026-11-30T00:00:00Z") == [
                "2026-11-22T18:15:00Z", "2026-11-29T18:15:00Z",
            ])
    }

    /// Berlin, 2026-03-29: 02:00 becomes 03:00 at 01:00Z. New York, 2026-03-08: at 07:00Z. Lord Howe, 2026-10-04: 02:00
    /// becomes 02:30 at 15:30Z of the day before. Havana, 2026-03-08: 00:00 becomes 01:00 at 05:00Z.
    @Test(
        "a time that the change leaves out is due once, at the change",
        arguments: [
            ("30 2 * * *", "Europe/Berlin", "2026-03-28T12:00:00Z", ["2026-03-29T01:00:00Z", "2026-03-30T00:30:00Z"]),
            (
                "0,15,30,45 2 * * *", "Europe/Berlin", "2026-03-28T12:00:00Z",
                ["2026-03-29T01:00:00Z", "2026-03-30T00:00:00Z"]
            ),
            // 02:00 is left out, 03:00 is the same moment: one run.
            ("0 2-3 * * *", "Europe/Berlin", "2026-03-28T12:00:00Z", ["2026-03-29T01:00:00Z", "2026-03-30T00:00:00Z"]),
            (
                "30 2,3 * * *", "Europe/Berlin", "2026-03-28T12:00:00Z",
                ["2026-03-29T01:00:00Z", "2026-03-29T01:30:00Z"]
            ),
            (
                "10 */2 * * *", "Europe/Berlin", "2026-03-29T00:00:00Z",
                ["2026-03-29T01:00:00Z", "2026-03-29T02:10:00Z"]
            ),
            ("30 1 * * *", "Europe/Berlin", "2026-03-28T12:00:00Z", ["2026-03-29T00:30:00Z", "2026-03-29T23:30:00Z"]),
            (
                "5 2 * * *", "America/New_York", "2026-03-07T12:00:00Z",
                ["2026-03-08T07:00:00Z", "2026-03-09T06:05:00Z"]
            ),
            (
                "10 2 * * *", "Australia/Lord_Howe", "2026-10-03T00:00:00Z",
                ["2026-10-03T15:30:00Z", "2026-10-04T15:10:00Z"]
            ),
            ("30 0 * * *", "America/Havana", "2026-03-07T12:00:00Z", ["2026-03-08T05:00:00Z", "2026-03-09T04:30:00Z"]),
        ])
    func gap(text: String, zone: String, after: String, expected: [String]) throws {
        let found = try clock(text, zone).moments(
            after: moment(after), upTo: moment(after).adding(seconds: 4 * 86_400)
        ).prefix(2).map { Date(timeIntervalSince1970: Double($0.seconds)).formatted(.iso8601) }
        #expect(found == expected)
    }

    /// Berlin, 2026-10-25: 03:00 becomes 02:00 at 01:00Z. Lord Howe, 2026-04-05: 02:00 becomes 01:30 at 15:00Z of the
    /// day before. Havana, 2026-11-01: 01:00 becomes 00:00 at 05:00Z.
    @Test(
        "a time that comes twice is due the first time alone",
        arguments: [
            ("30 2 * * *", "Europe/Berlin", "2026-10-24T12:00:00Z", ["2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z"]),
            (
                "10 */2 * * *", "Europe/Berlin", "2026-10-24T23:00:00Z",
                ["2026-10-25T00:10:00Z", "2026-10-25T03:10:00Z"]
            ),
            ("0 2,3 * * *", "Europe/Berlin", "2026-10-24T12:00:00Z", ["2026-10-25T00:00:00Z", "2026-10-25T02:00:00Z"]),
            (
                "45 1 * * *", "Australia/Lord_Howe", "2026-04-04T00:00:00Z",
                ["2026-04-04T14:45:00Z", "2026-04-05T15:15:00Z"]
            ),
            ("15 0 * * *", "America/Havana", "2026-10-31T12:00:00Z", ["2026-11-01T04:15:00Z", "2026-11-02T05:15:00Z"]),
        ])
    func twice(text: String, zone: String, after: String, expected: [String]) throws {
        let found = try clock(text, zone).moments(
            after: moment(after), upTo: moment(after).adding(seconds: 4 * 86_400)
        ).prefix(2).map { Date(timeIntervalSince1970: Double($0.seconds)).formatted(.iso8601) }
        #expect(found == expected)
    }

    @Test(
        "every hour is every hour that passes, whatever the clock shows",
        arguments: [("2026-03-28T22:30:00Z", 25), ("2026-10-24T21:30:00Z", 25), ("2026-11-26T21:30:00Z", 25)])
    func everyHour(after: String, count: Int) throws {
        let start = try moment(after)
        let found = try clock("0 * * * *", "Europe/Berlin").moments(after: start, upTo: start.adding(seconds: 90_000))
        #expect(found.count == count)
        #expect(zip(found, found.dropFirst()).allSatisfy { $1.seconds - $0.seconds == 3600 })
    }

    @Test("every twenty minutes leaves no hole in the doubled hour and makes no heap at the skipped one")
    func everyTwentyMinutes() throws {
        for after in ["2026-10-24T23:10:00Z", "2026-03-28T23:10:00Z"] {
            let start = try moment(after)
            let found = try clock("*/20 * * * *", "Europe/Berlin").moments(
                after: start, upTo: start.adding(seconds: 14_400))
            #expect(found.count == 12)
            #expect(zip(found, found.dropFirst()).allSatisfy { $1.seconds - $0.seconds == 1200 })
        }
    }

    @Test("leap days and the end of all schedules")
    func next() throws {
        let now = try moment("2026-11-26T12:00:00Z")
        #expect(try clock("0 0 29 2 *", "UTC").next(after: now) == moment("2028-02-29T00:00:00Z"))
        // 2100 is no leap year.
        #expect(
            try clock("0 0 29 feb *", "UTC").next(after: moment("2096-03-01T00:00:00Z"))
                == moment("2104-02-29T00:00:00Z"))
        #expect(try clock("*/5 * * * *", "UTC").next(after: now) == moment("2026-11-26T12:05:00Z"))
        #expect(try clock("0 12 * * *", "UTC").next(after: now) == moment("2026-11-27T12:00:00Z"))
    }

    /// Against the clock itself: each minute of a year is looked at.
    @Test(
        "over a whole year what is due is what the clock shows, and nothing twice",
        arguments: ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "America/Havana", "Asia/Tokyo"])
    func wholeYear(zone: String) throws {
        let (start, end) = (try moment("2026-01-01T00:00:00Z"), try moment("2027-01-01T00:00:00Z"))
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = try #require(TimeZone(identifier: zone))
        for text in ["10 * * * *", "10 4 * * mon-fri"] {
            let found = try clock(text, zone).moments(after: start, upTo: end)
            let wanted = try CronExpression(parsing: text)
            var expected: [UnixTime] = []
            for minute in 1...Int64((end.seconds - start.seconds) / 60) {
                let moment = start.adding(seconds: minute * 60)
                let shown = calendar.dateComponents(
                    [.month, .day, .weekday, .hour, .minute], from: Date(timeIntervalSince1970: Double(moment.seconds)))
                if wanted.minutes.contains(shown.minute!), wanted.hours.contains(shown.hour!),
                    wanted.fits(month: shown.month!, day: shown.day!, weekday: shown.weekday! - 1)
                {
                    expected.append(moment)
                }
            }
            #expect(found == expected)
        }
    }
}
