/// A log, call by call.
package struct AsteriskLog: Sendable {
    /// What was logged about one call.
    package struct Call: Sendable {
        /// C-0000002a
        package var id: String
        package var lines: [AsteriskLogLine]
        /// Without what the fax engine says, which is most of it.
        var others: some Sequence<AsteriskLogLine> { lines.lazy.filter { !$0.isOfT30 } }

        /// Whether anything but the fax engine says that.
        func mentions(_ text: String) -> Bool { others.contains { $0.message.contains(text) } }

        package init(id: String, lines: [AsteriskLogLine]) {
            self.id = id
            self.lines = lines
        }
    }

    /// In the order in which they began.
    package var calls: [Call] = []
    /// What names no call: the SIP messages of `pjsip set logger on`, for one.
    package var others: [AsteriskLogLine] = []

    package init(_ bytes: [UInt8], zone: AsteriskLogLine.Zone = .local, year: Int32 = 0) {
        var places: [String: Int] = [:]
        // Where the entry before lies: in a call, or in none.
        var last: Int?
        for line in bytes.split(separator: 0x0A, omittingEmptySubsequences: false) {
            let text = String(decoding: line.last == 0x0D ? line.dropLast() : line, as: UTF8.self)
            guard var entry = AsteriskLogLine(text, zone: zone, year: year) else {
                // The second line of an entry, or the rest of one that began before the file.
                if let last {
                    calls[last].lines[calls[last].lines.count - 1].message += "\n" + text
                } else if !others.isEmpty {
                    others[others.count - 1].message += "\n" + text
                }
                continue
            }
            // A page's data, byte by byte.
            if entry.isOfT30, entry.message.utf8.count > 300 { entry.message = entry.message.prefix(60) + " …" }
            guard let id = entry.call else {
                others.append(entry)
                last = nil
                continue
            }
            if let place = places[id] {
                calls[place].lines.append(entry)
                last = place
            } else {
                places[id] = calls.count
                last = calls.count
                calls.append(Call(id: id, lines: [entry]))
            }
        }
    }
}
