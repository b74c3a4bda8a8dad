import FaxModel
import FaxRig
import Testing

/// The books of a soak balance where all is well, and each thing that can be wrong is found.
@Suite struct SoakBooksTests {
    private static let entries = [
        SoakBooks.Entry(id: 1, stationID: "SOAK 1", number: "1", state: .delivered, cause: nil, pages: 3, pagesDone: 3),
        SoakBooks.Entry(
            id: 2, stationID: "SOAK 2", number: "2", state: .failed, cause: .dialBusy, pages: 1, pagesDone: 0),
        SoakBooks.Entry(
            id: 3, stationID: "SOAK 3", number: "3", state: .unknown, cause: .outcomeUnknown, pages: 1, pagesDone: 0),
        SoakBooks.Entry(id: 4, stationID: "SOAK 4", number: "4", state: .delivered, cause: nil, pages: 5, pagesDone: 5),
    ]
    private static let arrivals = [
        SoakBooks.Arrival(
            uniqueid: "10.1", stationID: "SOAK 1", number: "1", pages: 3, isComplete: true, messages: 1,
            isIdentical: true),
        SoakBooks.Arrival(uniqueid: "10.3", stationID: "SOAK 3", number: "3", pages: 1, isComplete: true, messages: 1),
        // Page 2 came twice: its confirmation was lost with the first call.
        SoakBooks.Arrival(uniqueid: "10.4", stationID: "SOAK 4", number: "4", pages: 2, isComplete: false, messages: 1),
        SoakBooks.Arrival(uniqueid: "10.5", stationID: "SOAK 4", number: "4", pages: 4, isComplete: true, messages: 1),
    ]

    private static func books(
        _ submitted: Int = 4, _ change: (inout [SoakBooks.Entry], inout [SoakBooks.Arrival]) -> Void = { _, _ in }
    ) -> SoakBooks {
        var (entries, arrivals) = (Self.entries, Self.arrivals)
        change(&entries, &arrivals)
        return SoakBooks(submitted: submitted, entries: entries, arrivals: arrivals)
    }

    @Test("delivered, failed with a cause and unknown add up")
    func balanced() {
        let books = Self.books()
        #expect(books.problems == [])
        #expect(books.counts == [.delivered: 2, .failed: 1, .unknown: 1])
        #expect(books.pagesDelivered == 8 && books.pagesTwice == 1 && books.compared == 1)
        #expect(books.causes == [.dialBusy: 1, .outcomeUnknown: 1])
    }

    @Test("pages of a call whose receiver was killed have no station id, and count for the number that was dialled")
    func killed() {
        let books = Self.books { _, arrivals in
            (arrivals[2].stationID, arrivals[2].number) = ("", "4")
        }
        #expect(books.problems == [] && books.nameless == 1)
        let elsewhere = Self.books { _, arrivals in
            (arrivals[2].stationID, arrivals[2].number) = ("", "7")
        }
        #expect(elsewhere.problems.count == 1)
    }

    @Test("pages that a full disk swallowed in mid-call are counted where the message says that some are missing")
    func fullDisk() {
        let books = Self.books { _, arrivals in
            (arrivals[0].pages, arrivals[0].isComplete, arrivals[0].metFullDisk) = (2, false, true)
        }
        #expect(books.problems == [] && books.pagesUnwritten == 1)
        let silent = Self.books { _, arrivals in (arrivals[0].pages, arrivals[0].metFullDisk) = (2, true) }
        #expect(silent.problems.count == 1 && silent.pagesUnwritten == 0)
    }

    @Test("whatever doesn't balance is told")
    func unbalanced() {
        let wrong: [(String, SoakBooks)] = [
            ("5 faxes were accepted", Self.books(5)),
            ("job 1 (delivered): 2 of 3", Self.books { _, arrivals in arrivals[0].pages = 2 }),
            ("a page is not as it was sent", Self.books { _, arrivals in arrivals[0].isIdentical = false }),
            ("is in 2 messages", Self.books { _, arrivals in arrivals[0].messages = 2 }),
            ("is in 0 messages", Self.books { _, arrivals in arrivals[2].messages = 0 }),
            ("3 pages too many", Self.books { _, arrivals in arrivals[3].pages = 6 }),
            ("it arrived whole 2 times", Self.books { _, arrivals in arrivals.append(arrivals[1]) }),
            ("has no cause", Self.books { entries, _ in entries[1].cause = nil }),
            ("is not over", Self.books { entries, _ in entries[1].state = .waiting }),
            ("1 confirmed, 0 arrived", Self.books { entries, _ in entries[1].pagesDone = 1 }),
            (
                "it arrived whole all the same",
                Self.books { _, arrivals in
                    arrivals.append(
                        .init(
                            uniqueid: "10.6", stationID: "SOAK 2", number: "2", pages: 1, isComplete: true, messages: 1)
                    )
                }
            ),
            ("whom nobody sent", Self.books { _, arrivals in arrivals[0].stationID = "SOAK 9" }),
        ]
        for (words, books) in wrong {
            #expect(books.problems.contains { $0.contains(words) }, "\(words): \(books.problems)")
        }
    }
}
