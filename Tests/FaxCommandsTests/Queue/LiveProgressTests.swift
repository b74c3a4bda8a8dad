import AsteriskManager
import FaxModel
import FaxStore
import Testing

@testable import FaxCommands

/// Pages of a call that goes on, by fax.
@Suite struct LiveProgressTests {
    @Test("the pages of a shared call belong to its faxes in their order")
    func shared() throws {
        let request = FaxRequest(
            owner: "ann", number: try FaxNumber(parsing: "1"), stationID: try StationID(parsing: "Test"),
            resolution: .fine, ecm: true, t38: true, rate: .r14400, template: "fax-outbound")
        let now = UnixTime(seconds: 1_700_000_000)
        let parts = (1...3).map { id in
            OpenAttempt(
                job: Job(
                    id: Int64(id), group: 1, request: request, document: "/d.tiff", pages: 2, state: .sending,
                    submitted: now, due: now, deadline: now),
                attempt: Attempt(
                    id: AttemptID(job: Int64(id), sequence: 1, random: 1), job: Int64(id), trunk: nil, asked: nil,
                    sequence: 1, state: .started, firstPage: 0, pages: 2, claimed: now, longestCall: 60))
        }
        func pages(_ done: Int) -> [Int] {
            LiveProgress.divided(
                FaxProgress(attempt: parts[0].attempt.id, pagesDone: done, rate: 9600, hasAnswer: true),
                over: OpenCall(parts)
            ).map(\.pagesDone)
        }
        #expect([0, 1, 2, 3, 6].map(pages) == [[0, 0, 0], [1, 0, 0], [2, 0, 0], [2, 1, 0], [2, 2, 2]])
    }
}
