import GRDB

extension SQLiteJobStore {
    package func fact(_ name: String) throws -> String? { try read { db in try db.fact(name) } }

    package func setFact(_ name: String, _ value: String) throws { try write { db in try db.setFact(name, value) } }
}

/// Words that a part of the program keeps under a name, in the one table of both stores.
extension Database {
    func fact(_ name: String) throws -> String? {
        try String.fetchOne(cachedStatement(sql: "SELECT value FROM fact WHERE name = ?"), arguments: [name])
    }

    func setFact(_ name: String, _ value: String) throws {
        try execute(
            sql: "INSERT INTO fact (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
            arguments: [name, value])
    }
}
