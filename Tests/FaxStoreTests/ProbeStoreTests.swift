import FaxModel
import Foundation
import GRDB
import Testing

@testable import FaxStore

@Suite struct ProbeStoreTests {
    private func withDirectory(_ body: (String) throws -> Void) throws {
        let directory = NSTemporaryDirectory() + "callfax-probe-store-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: directory) }
        try body(directory + "/store.sqlite")
    }

    @Test("messages that wait in a store of the version before are sent all the same")
    func upgrade() throws {
        try withDirectory { path in
            let queue = try DatabaseQueue(path: path)
            try StoreDatabase.migrator.migrate(queue, upTo: "5 inbox")
            try queue.write { db in
                try db.execute(
                    sql: """
                        INSERT INTO document (id, path, pages, longest_call, created_at) VALUES (1, '/d', 1, 1, 1);
                        INSERT INTO job (id, group_id, document_id, owner, number, request, state, submitted_at, due_at,
                            deadline_at, finished_at) VALUES (7, 7, 1, 'a', '1', '{}', 'failed', 1, 1, 2, 2);
                        INSERT INTO notice (id, job_id, kind, at, next_at, tries) VALUES (3, 7, 'failed', 5, 6, 2);
                        INSERT INTO notice (id, job_id, kind, at, next_at, state) VALUES (4, 7, 'done', 5, 6, 'sent');
                        """)
            }
            try queue.close()
            let database = try StoreDatabase(path: path)
            let due = try NoticeStore(database).due(now: UnixTime(seconds: 9))
            #expect(
                due == [Notice(id: 3, subject: .job(7), kind: .failed, at: UnixTime(milliseconds: 5), tries: 2)])
            let (count, broken) = try database.connections.read { db in
                (
                    try Int.fetchOne(db, sql: "SELECT count(*) FROM notice"),
                    try Row.fetchAll(db, sql: "PRAGMA foreign_key_check").count
                )
            }
            #expect(count == 2 && broken == 0)
            #expect(throws: DatabaseError.self, "a notice is about one thing") {
                try database.connections.write { db in
                    try db.execute(sql: "INSERT INTO notice (kind, at, next_at) VALUES ('done', 1, 1)")
                }
            }
        }
    }

    @Test("a run ends once, and people are told once, whoever sees the end first")
    func endsOnce() throws {
        try withDirectory { path in
            let store = ProbeStore(try StoreDatabase(path: path))
            let name = try ProbeName(parsing: "a")
            let now = UnixTime(seconds: 100)
            let open = ProbeRun(probe: name, mark: ProbeMark(random: 1), state: .calling, scheduled: now, begun: now)
            let run = try #require(try store.add([open], schedule: "s", lookedUntil: now).first)
            let address = try EmailAddress(parsing: "a@example.org")
            let failed = run.ended(.failed, "busy", now: now)
            #expect(try store.finish(failed, alarmAfter: 1, telling: [address], now: now) == .alarm)
            #expect(try store.finish(failed, alarmAfter: 1, telling: [address], now: now) == nil)
            #expect(try store.memory(of: name)?.alarm == ProbeAlarm(failures: 1, isOn: true))
            #expect(try store.memory(of: name)?.lookedUntil == now)
            let due = try NoticeStore(store.store.database).due(now: now)
            #expect(due.map(\.subject) == [.probe(run: run.id, address)])
            #expect(try store.run(run.id) == failed)
            #expect(try store.openRuns().isEmpty)
        }
    }
}
