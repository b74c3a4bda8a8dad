import FaxModel
import Foundation
package import GRDB

/// The one SQLite file with all that must survive: opened so that a commit is on the disk when it returns.
package struct StoreDatabase: Sendable {
    package let connections: any DatabaseWriter
    /// What a pass reads anew each time, of calls that go on for minutes.
    let requests = TextMemo<FaxRequest>()
    let modes = TextMemo<CallMode>()

    /// Opens or creates the file at `path` and brings its schema up to date.
    ///
    /// WAL, `synchronous = FULL` (GRDB sets NORMAL in WAL mode, which a power cut can undo), foreign keys on, thirty seconds
    /// of patience with another process. A program that does one thing after the other and ends has all of it on one
    /// connection: each reads the schema anew, and a pool writes and syncs before it is ready (8 ms). Throws
    /// `FaxError.cannotCreate` when the file can't be used.
    package init(path: String, onOneConnection: Bool = false) throws {
        var configuration = Configuration()
        configuration.busyMode = .timeout(30)
        configuration.foreignKeysEnabled = true
        connections = try Self.translating(path) {
            try Self.patiently {
                let connections: any DatabaseWriter =
                    onOneConnection
                    ? try DatabaseQueue(path: path, configuration: configuration)
                    : try DatabasePool(path: path, configuration: configuration)
                try connections.writeWithoutTransaction { db in
                    try db.execute(sql: "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL")
                }
                try Self.migrate(connections)
                return connections
            }
        }
    }

    /// SQLite's own patience does not hold while a fresh file turns to WAL: who meets another one there is told at once that
    /// it is busy (sqlite.org/wal.html, "Sometimes Queries Return SQLITE_BUSY In WAL Mode").
    private static func patiently<T>(_ body: () throws -> T) throws -> T {
        let end = ContinuousClock.now + .seconds(30)
        while true {
            do { return try body() } catch let error as DatabaseError {
                guard error.resultCode == .SQLITE_BUSY, ContinuousClock.now < end else { throw error }
                usleep(10_000)
            }
        }
    }

    /// Runs `body` and turns SQLite's complaints into one line that names the file.
    func translating<T>(_ body: () throws -> T) throws -> T { try Self.translating(connections.path, body) }

    private static func translating<T>(_ path: String, _ body: () throws -> T) throws -> T {
        do {
            return try body()
        } catch let error as DatabaseError {
            let reason = error.message ?? "SQLite error \(error.resultCode.rawValue)"
            switch error.resultCode {
            case .SQLITE_BUSY, .SQLITE_LOCKED:
                throw FaxError(.unavailable, "store \(path): another process has held it for 30 s; try again")
            case .SQLITE_FULL: throw FaxError(.cannotCreate, "store \(path): the disk is full; make room and try again")
            default: throw FaxError(.cannotCreate, "store \(path): \(reason)")
            }
        }
    }

    /// Two processes may find the same migration missing. Each is one transaction that also notes its name, so the slower
    /// one fails as a whole, and finds it done when it looks again.
    private static func migrate(_ connections: any DatabaseWriter) throws {
        let migrator = migrator
        let known = Set(migrator.migrations)
        let applied = try connections.read { db in
            // From the first reading statement on a transaction sees one state (sqlite.org/isolation.html), not the tables
            // that another process makes meanwhile.
            try db.execute(sql: "SELECT 1 FROM sqlite_master")
            return try migrator.appliedIdentifiers(db)
        }
        // As nearly always: what the migrator would find out again.
        guard applied != known else { return }
        guard applied.isSubset(of: known) else {
            throw FaxError(
                .configuration,
                "store \(connections.path) was written by a newer version of Callfax; install that version")
        }
        defer {
            // A connection that has read before still has the columns of before in mind (sqlite.org/c3ref/column_count.html).
            (connections as? DatabasePool)?.invalidateReadOnlyConnections()
        }
        for _ in migrator.migrations {
            do { return try migrator.migrate(connections) } catch is DatabaseError { continue }
        }
        try migrator.migrate(connections)
    }

    /// Migrations never change once shipped: each is SQL of its own and names no Swift type.
    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1 queue") { db in try db.execute(sql: queueSchema1) }
        migrator.registerMigration("1 inbox") { db in try db.execute(sql: inboxSchema1) }
        migrator.registerMigration("2 queue") { db in try db.execute(sql: queueSchema2) }
        migrator.registerMigration("3 notices") { db in try db.execute(sql: noticeSchema3) }
        migrator.registerMigration("4 queue") { db in try db.execute(sql: queueSchema4) }
        migrator.registerMigration("5 inbox") { db in try db.execute(sql: inboxSchema5) }
        migrator.registerMigration("6 probes") { db in try db.execute(sql: probeSchema6) }
        migrator.registerMigration("7 inbox") { db in try db.execute(sql: inboxSchema7) }
        return migrator
    }
}

extension StoreDatabase {
    /// A setting of the writing connection, as `PRAGMA name` answers it.
    package func setting(_ name: String) throws -> String {
        try translating {
            try connections.writeWithoutTransaction { db in
                let value = try Row.fetchOne(db, sql: "PRAGMA \(name)")?[0] as DatabaseValue?
                return value.map { "\($0.storage.value ?? "")" } ?? ""
            }
        }
    }
}
