import FaxModel
import FaxScheduler
import FaxSettings
import Foundation

/// When somebody wants a fax to go, how often it may be tried, and who has to wait for whom.
struct ScheduleWish: Codable, Sendable {
    var at: String?
    var deadline: String?
    var tries: Int?
    var dials: Int?
    var priority: String?
    var hold = false
    var trunk: String?

    /// Recipients of one submission from which on it yields to others.
    static let broadcast = 10

    /// Refuses numbers that nobody means.
    func check() throws(FaxError) {
        if let tries, !(1...100).contains(tries) { throw FaxError(.usage, "-t \(tries): use 1 to 100") }
        if let dials, !(1...1000).contains(dials) { throw FaxError(.usage, "-T \(dials): use 1 to 1000") }
    }

    /// The first moment and the last.
    func times(_ settings: Settings, now: UnixTime) throws(FaxError) -> (due: UnixTime, deadline: UnixTime) {
        let zone = TimeZone(identifier: settings.timeZone) ?? .gmt
        var due = now
        if let at { due = try SendTime.parse(at, now: now, zone: zone) }
        guard let deadline else { return (due, due.adding(seconds: settings.sending.retry.deadline)) }
        let end = try SendTime.parse(deadline, now: due, zone: zone)
        guard end > due else {
            throw FaxError(.usage, "deadline \(quoted(deadline)) is not after the time at which the fax may go first")
        }
        return (due, end)
    }

    func priority(recipients: Int) throws(FaxError) -> Int {
        guard let priority else { return recipients > Self.broadcast ? JobPriority.bulk : JobPriority.normal }
        return try Self.priority(priority)
    }

    /// A word or a number of HylaFAX's range.
    static func priority(_ text: String) throws(FaxError) -> Int {
        let words = ["high": JobPriority.high, "normal": JobPriority.normal, "bulk": JobPriority.bulk]
        guard let value = words[text.lowercased()] ?? Int(text), (0...255).contains(value) else {
            throw FaxError(.usage, "priority \(quoted(text)): high, normal, bulk, or 0 (most urgent) to 255")
        }
        return value
    }

    /// The trunk that was asked for, one of the settings'.
    func onlyTrunk(_ settings: Settings) throws(FaxError) -> TrunkName? {
        guard let trunk else { return nil }
        let name = try TrunkName(parsing: trunk)
        guard settings.sending.trunks.contains(where: { $0.name == name }) else {
            let known = settings.sending.trunks.map(\.name.text).joined(separator: ", ")
            throw FaxError(.usage, "trunk \(quoted(trunk)) is none of the settings': \(known)")
        }
        return name
    }
}
