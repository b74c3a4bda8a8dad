/// What the far ends got, page by page: who sends a page again must know that it did not arrive.
struct PageLedger {
    struct Page: Hashable {
        var job: Int
        /// Counted from 0.
        var page: Int
    }

    private struct Transmission {
        var pages: [Page]
        var isReported = false
    }

    private var transmissions: [String: Transmission] = [:]
    private var order: [Int: [String]] = [:]
    /// Confirmed by a far end, and told so.
    private(set) var confirmed: Set<Page> = []

    /// A call transmits; what is wrong with that, if anything.
    mutating func begin(_ attempt: String, _ pages: [Page]) -> String? {
        if transmissions[attempt] != nil { return "attempt \(attempt) transmits a second time" }
        for page in pages {
            if confirmed.contains(page) { return "page \(page.page) of job \(page.job) arrived before, and goes again" }
        }
        let jobs = Set(pages.map(\.job))
        for job in jobs {
            if let last = order[job]?.last(where: { transmissions[$0]?.isReported == false }) {
                return "job \(job) goes again, and nobody knows what became of attempt \(last)"
            }
            order[job, default: []].append(attempt)
        }
        transmissions[attempt] = Transmission(pages: pages)
        return nil
    }

    /// Its report is written: so many of its pages were confirmed.
    mutating func report(_ attempt: String, confirmed count: Int) {
        guard let sent = transmissions[attempt] else { return }
        transmissions[attempt]?.isReported = true
        confirmed.formUnion(sent.pages.prefix(count))
    }

    /// A job that sends the rest of another one.
    mutating func inherit(_ job: Int, pages: Int) {
        for page in 0..<pages { confirmed.insert(Page(job: job, page: page)) }
    }

    /// It goes to another number, where nothing of it has arrived.
    mutating func forget(_ job: Int) { confirmed = confirmed.filter { $0.job != job } }

    func confirmedPages(of job: Int) -> Int { confirmed.filter { $0.job == job }.count }
}
