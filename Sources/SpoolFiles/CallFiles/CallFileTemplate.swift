package import FaxModel

/// A call file with `${…}` where each fax has values of its own; checked whole when it is loaded.
package struct CallFileTemplate: Hashable, Sendable {
    /// Bytes of a line at most, in the template and in the call file; Asterisk drops one of more than 1022 unread.
    package static let lineLimit = 1000
    /// Bytes of a template at most.
    package static let sizeLimit = 65536

    /// The file's name, for messages.
    package let name: String
    let lines: [TemplateLine]

    /// Reads and checks a template file.
    package init(path: String) throws(FaxError) {
        let bytes = try DurableFile.read(path, limit: Self.sizeLimit)
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw FaxError(.configuration, "\(path): not UTF-8; save it as UTF-8")
        }
        try self.init(text: text, name: path)
    }

    /// Throws one `FaxError(.configuration)` whose message has a line `name:line: what, what to do` for each problem.
    package init(text: String, name: String) throws(FaxError) {
        var lines: [TemplateLine] = []
        var problems: [(line: Int, text: String)] = []
        let raw = text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
        for (index, scalars) in raw.enumerated() {
            let line = scalars.last == "\r" ? scalars.dropLast() : scalars
            do throws(FaxError) {
                if let parsed = try TemplateLine(Substring(line), number: index + 1) { lines.append(parsed) }
            } catch {
                problems.append((index + 1, error.message))
            }
        }
        problems += TemplateChecks(lines).problems
        guard problems.isEmpty else {
            let list = problems.sorted { $0.line < $1.line }.map { "\(name):\($0.line): \($0.text)" }
            throw FaxError(.configuration, list.joined(separator: "\n"))
        }
        self.name = name
        self.lines = lines
    }
}
