import FaxModel
import Foundation
import Testing

@testable import FaxInbox

@Suite("Quiet hours")
struct QuietHoursTests {
    private func time(_ text: String) throws -> UnixTime {
        UnixTime(seconds: Int64(try Date(text, strategy: .iso8601).timeIntervalSince1970))
    }

    private let nights = SendingRule.Period(days: Set(Weekday.allCases), from: 22 * 60, to: 6 * 60)

    @Test(
        "They end by the clock on the wall, past midnight and through a change of the clocks",
        arguments: [
            ("2026-11-22T12:00:00Z", nil), ("2026-11-22T21:00:00Z", "2026-11-23T05:00:00Z"),
            ("2026-11-23T04:59:59Z", "2026-11-23T05:00:00Z"), ("2026-11-23T05:00:00Z", nil),
            // On that night an hour comes twice, on the other one is left out.
            ("2026-10-24T21:00:00Z", "2026-10-25T05:00:00Z"), ("2026-03-28T22:00:00Z", "2026-03-29T04:00:00Z"),
        ] as [(String, String?)])
    func ends(now: String, end: String?) throws {
        let quiet = QuietHours([nights], in: try #require(TimeZone(identifier: "Europe/Berlin")))
        #expect(try quiet.end(at: time(now)) == end.map { try time($0) })
    }

    @Test("Several periods that touch are one, and a week of quiet is none")
    func several() throws {
        let weekend = SendingRule.Period(days: [.saturday, .sunday], from: 0, to: 1440)
        let quiet = QuietHours([nights, weekend], in: .gmt)
        // Friday night to Monday morning.
        #expect(try quiet.end(at: time("2026-11-27T23:00:00Z")) == time("2026-11-30T06:00:00Z"))
        let always = SendingRule.Period(days: Set(Weekday.allCases), from: 0, to: 1440)
        #expect(try QuietHours([always], in: .gmt).end(at: time("2026-11-27T23:00:00Z")) == nil)
    }
}
