import GRDB

extension Database {
    /// What `read` makes of each row, taken apart where it stands: of a copied row, as `Row.fetchAll` gives them, every
    /// column is searched for by its name, letter by letter.
    ///
    /// The statement is kept for the next time: texts that differ each time don't belong here.
    func values<T>(
        _ sql: String, _ arguments: StatementArguments = [], _ read: (Row) throws -> T?
    ) throws -> [T] {
        let rows = try Row.fetchCursor(cachedStatement(sql: sql), arguments: arguments)
        var values: [T] = []
        while let row = try rows.next() { if let value = try read(row) { values.append(value) } }
        return values
    }

    /// As `values` of the first row; nil where there is none.
    func value<T>(_ sql: String, _ arguments: StatementArguments = [], _ read: (Row) throws -> T?) throws -> T? {
        let rows = try Row.fetchCursor(cachedStatement(sql: sql), arguments: arguments)
        // A row is empty as soon as its cursor is gone.
        return try withExtendedLifetime(rows) { try rows.next().flatMap(read) }
    }

    /// Runs a statement that is kept for the next time, as those of `values` are.
    func run(_ sql: String, _ arguments: StatementArguments) throws {
        try cachedStatement(sql: sql).execute(arguments: arguments)
    }
}
