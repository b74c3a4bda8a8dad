package import FaxModel

/// Whether everything that was submitted is accounted for, on both sides.
///
/// Each fax has a station id of its own, so that its pages are known again wherever they arrive.
package struct SoakBooks: Sendable {
    /// What became of one fax.
    package struct Entry: Sendable {
        package var id: Int64
        package var stationID: String
        package var number: String
        package var state: JobState
        package var cause: Cause?
        package var pages: Int
        package var pagesDone: Int

        package init(
            id: Int64, stationID: String, number: String, state: JobState, cause: Cause?, pages: Int, pagesDone: Int
        ) {
            self.id = id
            self.stationID = stationID
            self.number = number
            self.state = state
            self.cause = cause
            self.pages = pages
            self.pagesDone = pagesDone
        }
    }

    /// A call that brought pages.
    package struct Arrival: Sendable {
        package var uniqueid: String
        /// Empty where the receiving Asterisk was killed in mid-call: then only the pages are left.
        package var stationID: String
        package var number: String
        package var pages: Int
        package var isComplete: Bool
        /// The receiver's disk was full for a while during the call.
        package var metFullDisk: Bool
        /// How many messages there are about it in the mailbox.
        package var messages: Int
        /// Whether its pages are those of the document; nil where that wasn't looked at.
        package var isIdentical: Bool?

        package init(
            uniqueid: String, stationID: String, number: String, pages: Int, isComplete: Bool,
            metFullDisk: Bool = false, messages: Int, isIdentical: Bool? = nil
        ) {
            self.uniqueid = uniqueid
            self.stationID = stationID
            self.number = number
            self.pages = pages
            self.isComplete = isComplete
            self.metFullDisk = metFullDisk
            self.messages = messages
            self.isIdentical = isIdentical
        }
    }

    package private(set) var counts: [JobState: Int] = [:]
    package private(set) var causes: [Cause: Int] = [:]
    package private(set) var pagesDelivered = 0
    /// Pages that arrived in two calls, because the first one's confirmation was lost with it.
    package private(set) var pagesTwice = 0
    /// Pages that Asterisk confirmed and could not write, because the disk filled up in mid-call, with a message that tells
    /// of it.
    package private(set) var pagesUnwritten = 0
    package private(set) var compared = 0
    /// Calls that left pages and no station id.
    package private(set) var nameless = 0
    /// Whatever doesn't balance, a line each.
    package private(set) var problems: [String] = []

    /// `submitted` is how many faxes were accepted.
    package init(submitted: Int, entries: [Entry], arrivals: [Arrival]) {
        if entries.count != submitted {
            problems.append("\(submitted) faxes were accepted, and the queue knows \(entries.count)")
        }
        let byStation = Dictionary(grouping: arrivals, by: \.stationID)
        let strays = Dictionary(grouping: byStation[""] ?? [], by: \.number)
        for entry in entries {
            counts[entry.state, default: 0] += 1
            if let cause = entry.cause, entry.state != .delivered { causes[cause, default: 0] += 1 }
            check(entry, byStation[entry.stationID] ?? [], strays: strays[entry.number] ?? [])
        }
        let known = Set(entries.map(\.stationID))
        for arrival in arrivals {
            if arrival.stationID.isEmpty, !arrival.isComplete {
                nameless += 1
            } else if !known.contains(arrival.stationID) {
                problems.append(
                    "call \(arrival.uniqueid) brought pages of \(quoted(arrival.stationID)), whom nobody sent")
            }
            if arrival.messages != 1 {
                problems.append("call \(arrival.uniqueid) brought pages and is in \(arrival.messages) messages")
            }
            if let isIdentical = arrival.isIdentical {
                compared += 1
                if !isIdentical { problems.append("call \(arrival.uniqueid): a page is not as it was sent") }
            }
        }
    }

    /// `strays` are calls to the same number that left no station id: pages that seem to be missing may be theirs.
    private mutating func check(_ entry: Entry, _ arrivals: [Arrival], strays: [Arrival]) {
        let name = "job \(entry.id) (\(entry.state.rawValue))"
        let arrived = arrivals.reduce(0) { $0 + $1.pages }
        let complete = arrivals.count { $0.isComplete }
        guard entry.state.isFinal else { return problems.append("\(name) is not over") }
        switch entry.state {
        case .delivered:
            pagesDelivered += entry.pages
            let missing = entry.pages - arrived - strays.reduce(0) { $0 + $1.pages }
            if missing > 0, arrivals.contains(where: { $0.metFullDisk && !$0.isComplete }) {
                pagesUnwritten += missing
            } else if missing > 0 {
                problems.append("\(name): \(arrived) of \(entry.pages) pages arrived")
            }
            // Each call that broke may have lost the confirmation of one page that was there.
            let again = max(0, arrived - entry.pages)
            pagesTwice += again
            if again > max(0, arrivals.count - 1) {
                problems.append("\(name): \(again) pages too many arrived in \(arrivals.count) calls")
            }
        case .unknown:
            if complete > 1 { problems.append("\(name): it arrived whole \(complete) times") }
        default:
            if entry.cause == nil { problems.append("\(name) has no cause") }
            if entry.pagesDone > arrived {
                problems.append("\(name): \(entry.pagesDone) confirmed, \(arrived) arrived")
            }
            if entry.pagesDone == 0, complete > 0 { problems.append("\(name): it arrived whole all the same") }
        }
    }
}
