import ArgumentParser
import FaxModel

/// When a fax goes, how often it is tried, and who has to wait for whom.
struct ScheduleOptions: ParsableArguments {
    @Option(
        name: [.customShort("a"), .customLong("at")],
        help: ArgumentHelp("Not before: like 'tomorrow 8:30', 'now + 2 hours', 2026-11-24T18:30.", valueName: "time"))
    var at: String?
    @Option(
        name: [.customShort("k"), .customLong("deadline")],
        help: ArgumentHelp("Given up then; 'now' is the time of -a. (default: 3 hours)", valueName: "time"))
    var deadline: String?
    @Option(
        name: [.customShort("t"), .customLong("tries")],
        help: ArgumentHelp("Answered calls in a row, at most, that bring no new page.", valueName: "number"))
    var tries: Int?
    @Option(name: [.customShort("T"), .customLong("dials")], help: ArgumentHelp("Calls at most.", valueName: "number"))
    var dials: Int?
    @Option(
        name: [.customShort("P"), .customLong("priority")],
        help: ArgumentHelp(
            "high, normal, bulk, or 0 (most urgent) to 255; more than \(ScheduleWish.broadcast) recipients are bulk.",
            valueName: "priority"))
    var priority: String?
    @Flag(help: "Kept back until fax-queue release.") var hold = false
    @Option(help: ArgumentHelp("Only by this trunk.", valueName: "name")) var trunk: String?

    var wish: ScheduleWish {
        ScheduleWish(
            at: at, deadline: deadline, tries: tries, dials: dials, priority: priority, hold: hold, trunk: trunk)
    }

    func validate() throws {
        do { try wish.check() } catch { throw ValidationError(error.message) }
    }
}
