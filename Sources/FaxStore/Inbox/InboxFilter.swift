package import FaxModel
import GRDB

/// Which received faxes somebody wants to see; all conditions together.
package struct InboxFilter: Hashable, Sendable {
    /// The dialled or the calling number, in any of these notations; empty: any number.
    package var number: [String] = []
    package var dialled: [String] = []
    package var caller: [String] = []
    package var state: InboxReceiptState?
    package var route: String?
    package var since: UnixTime?
    package var until: UnixTime?
    /// nil: both.
    package var isSeen: Bool?
    package var isHeld: Bool?
    package var isJunk: Bool?
    package var isComplete: Bool?
    /// Words that all stand in what was read.
    package var words: String?
    package var limit: Int

    package init(limit: Int = 50) { self.limit = limit }

    /// The clause behind `SELECT … FROM receipt`, newest first.
    var sql: (String, StatementArguments) {
        var conditions: [String] = []
        var arguments = StatementArguments()
        func add(_ condition: String, _ values: (any DatabaseValueConvertible)?...) {
            conditions.append(condition)
            arguments += StatementArguments(values)
        }
        func add(_ condition: (String) -> String, oneOf values: [String], times: Int = 1) {
            guard !values.isEmpty else { return }
            conditions.append(condition(values.map { _ in "?" }.joined(separator: ", ")))
            for _ in 0..<times { arguments += StatementArguments(values) }
        }
        // Two searches by an index instead of one through the whole table.
        add(
            {
                "number IN (SELECT number FROM receipt WHERE dialled IN (\($0)) "
                    + "UNION SELECT number FROM receipt WHERE caller_number IN (\($0)))"
            }, oneOf: number, times: 2)
        add({ "dialled IN (\($0))" }, oneOf: dialled)
        add({ "caller_number IN (\($0))" }, oneOf: caller)
        if let state { add("state = ?", state.rawValue) }
        if let route { add("route <> '' AND route = ?", route) }
        if let since { add("ended_at >= ?", since.milliseconds) }
        if let until { add("ended_at < ?", until.milliseconds) }
        switch isSeen {
        case true: add("seen_at IS NOT NULL")
        case false: add("seen_at IS NULL AND state = 'archived'")
        default: break
        }
        if let isHeld { add("held = ?", isHeld) }
        switch isJunk {
        case true: add("junk <> ''")
        case false: add("junk = ''")
        default: break
        }
        if let isComplete { add("complete = ?", isComplete) }
        if let words {
            // Quoted: a word is a word, whatever FTS5 takes it for.
            let query = words.split(whereSeparator: \.isWhitespace).map {
                "\"" + $0.replacing("\"", with: "\"\"") + "\""
            }.joined(separator: " ")
            add("number IN (SELECT rowid FROM receipt_text WHERE receipt_text MATCH ?)", query)
        }
        let clause = conditions.isEmpty ? "" : "WHERE " + conditions.joined(separator: " AND ") + " "
        arguments += [limit]
        return (clause + "ORDER BY number DESC LIMIT ?", arguments)
    }
}
