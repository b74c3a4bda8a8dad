/// When something is due, as cron(8) writes it: minute, hour, day of the month, month, day of the week.
///
/// Where both kinds of day are restricted a day fits when one of them does, as in every cron.
package struct CronExpression: ParsedText {
    package let minutes: Set<Int>
    package let hours: Set<Int>
    /// Whether no hour is left out: such a schedule goes by the time that passes, any other by the clock on the wall.
    package let isEveryHour: Bool
    package let description: String
    private let days: Set<Int>
    private let months: Set<Int>
    /// 0 is Sunday.
    private let weekdays: Set<Int>
    private let isEveryDay: (month: Bool, week: Bool)

    package init(parsing text: String) throws(FaxError) {
        let fields = text.split { $0 == " " || $0 == "\t" }
        guard fields.count == CronField.allCases.count else {
            throw FaxError(
                .configuration,
                "must have five fields (minute, hour, day of the month, month, day of the week) like "
                    + "\"*/30 6-22 * * mon-fri\", is \(quoted(text))")
        }
        minutes = try CronField.minute.values(fields[0])
        hours = try CronField.hour.values(fields[1])
        days = try CronField.day.values(fields[2])
        months = try CronField.month.values(fields[3])
        weekdays = try CronField.weekday.values(fields[4])
        isEveryHour = hours.count == 24
        isEveryDay = (fields[2].first == "*", fields[4].first == "*")
        description = fields.joined(separator: " ")
        let longest = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        let exists = months.contains { month in days.contains { $0 <= longest[month - 1] } }
        guard exists || (!isEveryDay.week && !isEveryDay.month) else {
            throw FaxError(.configuration, "\(quoted(text)): there is no such day in any year")
        }
    }

    /// Whether it is due on a day; `weekday` is 0 for Sunday.
    package func fits(month: Int, day: Int, weekday: Int) -> Bool {
        guard months.contains(month) else { return false }
        let (ofMonth, ofWeek) = (days.contains(day), weekdays.contains(weekday))
        return isEveryDay.month || isEveryDay.week ? ofMonth && ofWeek : ofMonth || ofWeek
    }

    package static func == (a: CronExpression, b: CronExpression) -> Bool { a.description == b.description }
    package func hash(into hasher: inout Hasher) { hasher.combine(description) }
}
