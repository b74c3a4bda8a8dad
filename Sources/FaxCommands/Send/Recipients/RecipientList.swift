import FaxModel

/// Everybody who gets one fax, each once, in the order in which they were named.
struct RecipientList {
    private(set) var recipients: [Recipient] = []
    /// Entries left out, since their number was named before.
    private(set) var duplicates = 0

    /// The numbers of the command line, then those of the lists; `-` is standard input.
    ///
    /// Throws one `FaxError.usage` that names every line that can't be read; where there is one, and `policy` is known, every
    /// number that may not be faxed as well.
    static func entries(
        numbers: [String], lists: [String], policy: NumberPolicy? = nil
    ) throws(FaxError) -> [RecipientEntry] {
        var problems = ProblemList()
        var entries = numbers.map { RecipientEntry(number: $0) }
        for path in lists {
            let text = try TextFile.read(path)
            let name = path == "-" ? "standard input" : path
            entries += RecipientFile(name: name).entries(text, problems: &problems)
        }
        if problems.message != nil, let policy { check(entries, policy, &problems) }
        if let message = problems.message { throw FaxError(.usage, message) }
        guard !entries.isEmpty || numbers.isEmpty && lists.isEmpty else {
            throw FaxError(.usage, "\(lists.joined(separator: ", ")): there is no number in it")
        }
        return entries
    }

    /// Throws one `FaxError.usage` that names every entry that is no number or may not be faxed.
    init(_ entries: [RecipientEntry], policy: NumberPolicy, limit: Int?) throws(FaxError) {
        var problems = ProblemList()
        var seen: Set<FaxNumber> = []
        for entry in entries {
            do throws(FaxError) {
                let recipient = try Self.recipient(entry, policy)
                if seen.insert(recipient.destination.canonical).inserted {
                    recipients.append(recipient)
                } else {
                    duplicates += 1
                }
            } catch {
                problems.add((entry.place.map { "\($0): " } ?? "") + error.message)
            }
        }
        if let message = problems.message { throw FaxError(.usage, message) }
        if let limit, recipients.count > limit {
            throw FaxError(
                .usage, "\(recipients.count) recipients: sending.numbers.max_recipients allows \(limit) at once")
        }
    }

    private static func check(_ entries: [RecipientEntry], _ policy: NumberPolicy, _ problems: inout ProblemList) {
        for entry in entries {
            do throws(FaxError) { _ = try recipient(entry, policy) } catch {
                problems.add((entry.place.map { "\($0): " } ?? "") + error.message)
            }
        }
    }

    /// What to tell about the entries left out; nil when none was.
    var note: String? {
        switch duplicates {
        case 0: nil
        case 1: "1 duplicate number left out; \(recipients.count) to send to"
        default: "\(duplicates) duplicate numbers left out; \(recipients.count) to send to"
        }
    }

    /// Columns go to terminals, cover pages and programs; whoever asks over the socket need not be our own fax-send.
    private static func check(_ fields: [String: String]) throws(FaxError) {
        guard fields.count <= 50, fields.reduce(0, { $0 + $1.key.utf8.count + $1.value.utf8.count }) <= 16_000 else {
            throw FaxError(.usage, "at most 50 columns and 16000 bytes for one recipient")
        }
        for (column, value) in fields {
            if column.isEmpty || !RecipientEntry.isColumnName(column) {
                throw FaxError(.usage, "column \(quoted(column)): a short name without control characters")
            }
            if !RecipientEntry.isColumnValue(value) {
                throw FaxError(.usage, "\(column): at most 1000 bytes without control characters")
            }
        }
    }

    private static func recipient(_ entry: RecipientEntry, _ policy: NumberPolicy) throws(FaxError) -> Recipient {
        if entry.place != nil, entry.number.contains(where: { $0 == "," || $0 == ";" || $0 == "\t" }) {
            throw FaxError(
                .usage, "\(quoted(entry.number)): a list with more than numbers begins with a row like number,name")
        }
        try check(entry.fields)
        return Recipient(
            destination: try policy.resolve(entry.number), name: try entry.name.map(RecipientName.init(parsing:)),
            tag: try entry.tag.map(JobTag.init(parsing:)), fields: entry.fields)
    }
}
