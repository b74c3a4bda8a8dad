import GRDB

extension SQLiteJobStore {
    package func fact(_ name: String) throws -> String? {
        try read { db in
            try String.fetchOne(
                db.cachedStatement(sql: "SELECT value FROM fact WHERE name = ?"), arguments: [name])
        }
    }

    package func setFact(_ name: String, _ value: String) throws {
        try write { db in try setFact(db, name, value) }
    }

    func setFact(_ db: Database, _ name: String, _ value: String) throws {
        try db.execute(
            sql: "INSERT INTO fact (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
            arguments: [name, value])
    }
}
