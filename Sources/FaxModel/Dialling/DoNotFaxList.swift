/// Numbers that asked for no fax, by canonical form, each with its line in the file.
package struct DoNotFaxList: Hashable, Sendable {
    package var path: String
    package var lines: [FaxNumber: Int]

    package init(path: String, lines: [FaxNumber: Int]) {
        self.path = path
        self.lines = lines
    }
}
