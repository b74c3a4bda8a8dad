/// The records of one directory, and what lies there that is none.
package struct RecordListing<Record: Sendable>: Sendable {
    package var records: [Record]
    /// One line for each file that could not be read as a record; it stays where it is.
    package var problems: [String]

    package init(records: [Record] = [], problems: [String] = []) {
        self.records = records
        self.problems = problems
    }
}
