import FaxModel

/// A list of recipients: one number a line, or CSV with a header row in which one column is called `number`.
///
/// Of a CSV list, `name` and `tag` have a meaning of their own; all other columns are kept with the job. The separator is
/// the one of the header row: comma, semicolon or tab.
struct RecipientFile {
    /// As it is named in what is said about it.
    let name: String

    func entries(_ text: String, problems: inout ProblemList) -> [RecipientEntry] {
        guard let first = NumberLines(text).first(where: { _ in true }) else { return [] }
        for separator in [",", ";", "\t"].flatMap(\.utf8) {
            guard let head = DelimitedText.records(first.text, separator: separator).first,
                head.fields.contains(where: { Self.column($0) == "number" })
            else { continue }
            return table(DelimitedText.records(text, separator: separator), problems: &problems)
        }
        return NumberLines(text).map { line, entry in RecipientEntry(number: entry, place: "\(name):\(line)") }
    }

    private func table(_ records: [DelimitedText.Record], problems: inout ProblemList) -> [RecipientEntry] {
        guard let head = records.first else { return [] }
        let columns = head.fields.map(Self.column)
        for column in Set(columns) where !column.isEmpty && columns.count(where: { $0 == column }) > 1 {
            problems.add("\(name):\(head.line): column \(quoted(column)) is there twice; keep one")
        }
        for column in columns where !RecipientEntry.isColumnName(column) {
            problems.add("\(name):\(head.line): column \(quoted(column)): a short name without control characters")
        }
        return records.dropFirst().compactMap { record in
            let place = "\(name):\(record.line)"
            if let problem = record.problem {
                problems.add("\(place): \(problem)")
                return nil
            }
            if record.fields.allSatisfy(\.isEmpty) { return nil }
            if record.fields.count > columns.count {
                problems.add(
                    "\(place): \(record.fields.count) fields for the \(columns.count) columns of the header row")
                return nil
            }
            return entry(record, columns, place, &problems)
        }
    }

    private func entry(
        _ record: DelimitedText.Record, _ columns: [String], _ place: String, _ problems: inout ProblemList
    ) -> RecipientEntry {
        var entry = RecipientEntry(number: "", place: place)
        for (column, value) in zip(columns, record.fields) where !value.isEmpty {
            switch column {
            case "": continue
            case "number": entry.number = value
            case "name": entry.name = value
            case "tag": entry.tag = value
            default:
                if !RecipientEntry.isColumnValue(value) {
                    problems.add("\(place): \(column): at most 1000 bytes without control characters")
                }
                entry.fields[column] = value
            }
        }
        return entry
    }

    private static func column(_ text: String) -> String {
        text.lowercased().split(separator: " ").joined(separator: " ")
    }
}
