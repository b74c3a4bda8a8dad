import FaxModel
import FaxStore
import Foundation
import GRDB
import SpoolFiles
import Testing

/// `fax-queue` as a program: what it prints and what it changes.
@Suite struct QueueCommandTests {
    private struct Row: Decodable {
        var id: Int64
        var state: String
        var number: String
        var held: Bool
        var priority: Int
        var pagesDone: Int
        var due: String?
        var deadline: String
    }

    private func rows(_ output: QueueSite.Output) throws -> [Row] {
        try output.lines.map { try JSONDecoder().decode(Row.self, from: Data($0.utf8)) }
    }

    @Test("list takes state, number, tag, owner, group and time, and all of them must fit")
    func filters() throws {
        try withQueue(sending: "  numbers: {country: 49}") { site in
            let first = try site.submit(["+493012345", "+493012346"], tag: "one")
            let second = try site.submit(["+493012345"], owner: "bob")
            try site.end(first[0], .partial, .pageDropped, pages: 1)
            let table: [([String], [Int64])] = [
                ([], [second[0], first[1], first[0]]), (["--state", "partial"], [first[0]]),
                (["--state", "queued", "--state", "partial", "--owner", "ann"], [first[1], first[0]]),
                (["--number", "030 12345"], [second[0], first[0]]), (["--tag", "one"], [first[1], first[0]]),
                (["--owner", "bob"], second), (["--group", "\(first[0])"], [first[1], first[0]]),
                (["--active"], [second[0], first[1]]), (["--until", "2026-01-01"], []),
                (["--since", "2026-01-01T00:00", "--limit", "1"], second), (["--held"], []),
            ]
            for (arguments, expected) in table {
                let output = try site.run("fax-queue", ["list", "--json"] + arguments)
                #expect(try rows(output).map(\.id) == expected, "\(arguments) \(output.err)")
            }
            let bad = try site.queue("list", "--state", "gone")
            #expect(bad.code == 64 && bad.err.contains("queued, calling"))
        }
    }

    @Test("the table fits the terminal, numbers are never cut; CSV is quoted as RFC 4180 says")
    func tables() throws {
        try withQueue { site in
            let ids = try site.submit(["+4930123456789012"], owner: "ann", tag: "a,\"b\"")
            try site.end(ids[0], .partial, .pageDropped, pages: 1)
            let narrow = try site.queue("list", columns: 90)
            #expect(narrow.lines.count == 2)
            #expect(narrow.lines.allSatisfy { $0.count <= 90 }, "\(narrow.out)")
            #expect(narrow.lines[1].contains("+4930123456789012") && narrow.lines[1].hasSuffix("…"))
            let wide = try site.queue("list", columns: 300)
            #expect(wide.out.contains("the call broke while pages were being sent (page.dropped)"))
            let csv = try site.queue("list", "--csv")
            #expect(csv.lines[0].hasPrefix("id,group,state,held,cause,"))
            #expect(csv.lines[1].contains(",\"a,\"\"b\"\"\","))
            #expect(csv.lines[1].contains(",\"as \"\"seen\"\"\","))
        }
    }

    @Test("hold, release, alter and cancel, by number or all that fit")
    func changes() throws {
        try withQueue { site in
            let ids = try site.submit(["5550001", "5550002", "5550003"], tag: "x")
            #expect(try site.queue("hold", "\(ids[0])").out == "job \(ids[0]): held\n")
            #expect(try site.queue("list").out.contains(" T "))
            #expect(try site.queue("release", "--all", "--tag", "x").lines.count == 3)
            let altered = try site.queue(
                "alter", "\(ids[1])", "--to", "5550009", "--at", "now + 2 hours", "--deadline", "now + 5 hours",
                "--priority", "high", "--tries", "2", "--dials", "4", "--json")
            let row = try #require(try rows(altered).first)
            #expect(row.number == "5550009" && row.priority == JobPriority.high)
            let job = try #require(try site.store.job(ids[1]))
            #expect(job.maxTries == 2 && job.maxDials == 4)
            #expect(job.deadline.seconds - job.due.seconds == 5 * 3600)
            let mixed = try site.queue("cancel", "99", "\(ids[2])")
            #expect(mixed.code == 65 && mixed.err.contains("there is no job 99"))
            #expect(try site.store.job(ids[2])?.state == .cancelled)
            let finished = try site.queue("hold", "\(ids[2])")
            #expect(finished.code == 65)
            #expect(try site.queue("cancel", "--all", "--number", "5550001").lines.count == 1)
            #expect(try site.queue("cancel", "--tag", "x").code == 64, "conditions without --all")
            #expect(try site.queue("alter", "\(ids[1])").code == 64, "nothing to change")
            #expect(try site.queue("alter", "\(ids[1])", "--at", "yesterday").code == 64)
        }
    }

    @Test("resend makes a new job of what is left; resolve settles what is unknown")
    func again() throws {
        try withQueue { site in
            let ids = try site.submit(["5550001", "5550002"])
            try site.end(ids[0], .partial, .pageDropped, pages: 2)
            let resent = try site.queue("resend", "\(ids[0])", "--at", "now + 1 hour")
            #expect(resent.out == "request id is 3 (group id \(ids[0])) for host test.example (1 file)\n")
            #expect(try site.store.job(3)?.pagesDone == 2)
            try site.end(ids[1], .unknown, .outcomeUnknown, pages: 0)
            let refused = try site.queue("resend", "\(ids[1])")
            #expect(refused.code == 65 && refused.err.contains("resolve"))
            let resolved = try site.queue("resolve", "\(ids[1])", "--resend")
            #expect(resolved.lines.first == "job \(ids[1]): failed")
            #expect(resolved.lines.last?.hasPrefix("request id is 4 ") == true)
            #expect(try site.queue("resolve", "\(ids[1])", "--delivered").code == 65)
        }
    }

    @Test("show tells the story in plain words, log has a line for each call, stats and policy their figures")
    func words() throws {
        try withQueue(sending: "  retry: {causes: {dial.busy: {delay: 77}}}") { site in
            let ids = try site.submit(["5550001"], tag: "x")
            try site.end(ids[0], .retry(at: UnixTime(seconds: 4_000_000_000)), .pageDropped, pages: 2)
            let story = try site.queue("show", "\(ids[0])").out
            #expect(story.contains("pages 1 to 3 of 3 by trunk: the call broke while pages were being sent"))
            #expect(story.contains("2 pages confirmed, 61.5 s"))
            #expect(story.contains("1 of 12 dials"))
            let log = try site.queue("log")
            let fields = log.lines[0].split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
            #expect(log.lines.count == 1 && fields.count == 16)
            #expect(fields[1] == "SEND" && fields[3] == "trunk" && fields[7] == "5550001" && fields[9] == "2")
            #expect(fields[14] == "page.dropped")
            #expect(try site.queue("log", "--since", "2099-01-01").out.isEmpty)
            #expect(try site.queue("log", "--csv", "--number", "5550001").lines.count == 2)
            let stats = try site.queue("stats").out
            #expect(stats.contains("jobs: 1 waiting") && stats.contains("trunk trunk: 0 of 4 lines in use"))
            #expect(stats.contains("1 page.dropped") && stats.contains("documents 0.0 MB"))
            let policy = try site.queue("policy").lines
            #expect(policy.count == Cause.allCases.count + 1)
            #expect(policy.contains { $0.hasPrefix("* dial.busy") && $0.contains("after 77 s") })
            #expect(policy.contains { $0.hasPrefix("  dial.rejected") && $0.contains("none") })
        }
    }

    @Test("the log of a whole year comes in pieces, in order, each call once")
    func longLog() throws {
        try withQueue { site in
            let ids = try site.submit(["5550001"])
            try site.end(ids[0], .delivered, nil, pages: 3)
            let pool = try DatabasePool(path: site.layout.store)
            try pool.write { db in
                try db.execute(
                    sql: """
                        WITH RECURSIVE n (i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < 2501)
                        INSERT INTO attempt (id, job_id, sequence, state, first_page, pages, claimed_at, settled_at,
                            longest_call) SELECT '1-' || i || '-00000000', 1, i, 'settled', 0, 3, i / 3, i / 3, 100 FROM n
                        """)
            }
            let log = try site.queue("log", "--json")
            #expect(log.lines.count == 2501)
            #expect(Set(log.lines).count == 2501)
        }
    }

    @Test("a backup is whole and opens; it never replaces a file; a newer store is refused in one line")
    func backup() throws {
        try withQueue { site in
            let ids = try site.submit(["5550001", "5550002"])
            let file = site.root + "/backup.sqlite"
            #expect(try site.queue("backup", file).code == 0)
            let copy = SQLiteJobStore(try StoreDatabase(path: file))
            #expect(try copy.jobs(JobFilter()).map(\.id) == ids.reversed())
            let second = try site.queue("backup", file)
            #expect(second.code == 73 && second.err.contains("is there already"))
            #expect(try site.queue("backup", "/nowhere/x").code == 73)
            let pool = try DatabasePool(path: site.layout.store)
            try pool.write { db in
                try db.execute(sql: "INSERT INTO grdb_migrations (identifier) VALUES ('99 tomorrow')")
            }
            let newer = try site.queue("list")
            #expect(newer.code == 78 && newer.err.contains("newer version"))
            #expect(newer.err.split(separator: "\n").count == 1)
        }
    }
}
