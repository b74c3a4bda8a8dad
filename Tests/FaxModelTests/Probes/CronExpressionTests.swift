import FaxModel
import Testing

@Suite struct CronExpressionTests {
    @Test(
        "fields are numbers, names, ranges, steps and lists of them",
        arguments: [
            ("0 0 * * *", [0], [0]), ("*/20 8-10 * * *", [0, 20, 40], [8, 9, 10]),
            ("5,10-14/2 1,3 * * *", [5, 10, 12, 14], [1, 3]), ("59 */6 * * *", [59], [0, 6, 12, 18]),
            ("0  0-23/23\t* * *", [0], [0, 23]),
        ])
    func times(text: String, minutes: [Int], hours: [Int]) throws {
        let cron = try CronExpression(parsing: text)
        #expect(cron.minutes.sorted() == minutes)
        #expect(cron.hours.sorted() == hours)
    }

    /// 2026-11-26 is a Thursday, 4 for cron.
    @Test(
        "a day fits by its date or by its day of the week",
        arguments: [
            ("* * * * *", 11, 26, 4, true), ("* * 26 * *", 11, 26, 4, true), ("* * 25 * *", 11, 26, 4, false),
            ("* * * nov *", 11, 26, 4, true), ("* * * Jan-Oct *", 11, 26, 4, false),
            ("* * * * THU", 11, 26, 4, true), ("* * * * mon-wed", 11, 26, 4, false),
            ("* * * * 7", 11, 29, 0, true), ("* * * * 0", 11, 29, 0, true), ("* * * * fri-sun", 11, 29, 0, true),
            ("* * * * 5-7", 11, 27, 5, true), ("* * * * sat-7", 11, 26, 4, false),
            // Both restricted: either will do.
            ("* * 1 * thu", 11, 26, 4, true), ("* * 26 * mon", 11, 26, 4, true), ("* * 1 * mon", 11, 26, 4, false),
            // A step after * does not restrict for that purpose.
            ("* * */2 * thu", 11, 26, 4, false), ("* * */2 * thu", 11, 5, 4, true),
            ("* * 26 dec thu", 11, 26, 4, false),
        ])
    func days(text: String, month: Int, day: Int, weekday: Int, fits: Bool) throws {
        #expect(try CronExpression(parsing: text).fits(month: month, day: day, weekday: weekday) == fits)
    }

    @Test(
        "what is no cron expression is refused with what is wrong",
        arguments: [
            ("", "five fields"), ("* * * *", "five fields"), ("* * * * * *", "five fields"), ("@daily", "five fields"),
            ("60 * * * *", "minute"), ("-1 * * * *", "minute"), ("* 24 * * *", "hour"),
            ("* * 0 * *", "day of the month"),
            ("* * 32 * *", "day of the month"), ("* * * 13 *", "month"), ("* * * jam *", "month"),
            ("* * * * 8", "day of the week"), ("* * * * mon-fry", "day of the week"),
            ("30-10 * * * *", "ends before it begins"), ("* * * * fri-mon", "ends before it begins"),
            ("*/0 * * * *", "step"), ("*/x * * * *", "step"), ("5/10 * * * *", "minute"), ("1,,2 * * * *", "minute"),
            ("1-2-3 * * * *", "minute"), ("+5 * * * *", "minute"), ("0 0 30 feb *", "no such day"),
            ("0 0 31 4,6,9,11 *", "no such day"), ("*/5/5 * * * *", "minute"), ("٣ * * * *", "minute"),
        ])
    func refused(text: String, words: String) {
        let error = #expect(throws: FaxError.self) { try CronExpression(parsing: text) }
        #expect(error?.message.contains(words) == true, "\(error?.message ?? "")")
    }

    @Test("the thirtieth of February is a day where the day of the week counts as well")
    func either() throws { #expect(try CronExpression(parsing: "0 0 30 2 mon").fits(month: 2, day: 2, weekday: 1)) }
}
