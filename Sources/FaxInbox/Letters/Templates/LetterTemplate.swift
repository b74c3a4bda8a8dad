package import FaxModel

/// A message's text with places to fill in: `Subject: …`, an empty line, then the body.
///
/// A line that is nothing but a label and variables is left out where all of those are empty, and so are empty lines at
/// the end and behind one another.
package struct LetterTemplate: Hashable, Sendable {
    private enum Piece: Hashable {
        case text(String)
        case variable(LetterVariable)
    }

    private let subject: [Piece]
    private let lines: [[Piece]]

    /// Throws `FaxError.configuration` that names the line of what is wrong.
    package init(parsing text: String, file: String) throws(FaxError) {
        guard text.utf8.count <= 100_000, !text.utf8.contains(0) else {
            throw FaxError(.configuration, "\(file): is no text, or longer than 100,000 bytes")
        }
        // One line feed for each kind of line end (CR LF is one Character).
        let rows = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        guard let first = rows.first, first.hasPrefix("Subject:"), rows.count > 1, rows[1].allSatisfy(\.isWhitespace)
        else { throw FaxError(.configuration, "\(file):1: must begin with 'Subject: …' and an empty line") }
        subject = try Self.pieces(first.dropFirst(8).drop { $0 == " " }, "\(file):1")
        var lines: [[Piece]] = []
        for (number, row) in rows.enumerated().dropFirst(2) {
            lines.append(try Self.pieces(row, "\(file):\(number + 1)"))
        }
        self.lines = lines
    }

    /// The subject in one line, and the text.
    func fill(_ value: (LetterVariable) -> String) -> (subject: String, text: String) {
        let subject = FarText.visible(subject.map { Self.text($0, value) }.joined())
        var out: [String] = []
        for line in lines {
            if isLeftOut(line, value) { continue }
            let text = line.map { Self.text($0, value) }.joined()
            if text.isEmpty, out.last?.isEmpty ?? true { continue }
            out.append(text)
        }
        while out.last?.isEmpty == true { out.removeLast() }
        return (subject, out.joined(separator: "\n") + "\n")
    }

    private func isLeftOut(_ line: [Piece], _ value: (LetterVariable) -> String) -> Bool {
        var hasVariable = false
        for (index, piece) in line.enumerated() {
            switch piece {
            case .text(let text):
                let bare = text.filter { !$0.isWhitespace }
                guard bare.isEmpty || index == 0 && bare.last == ":" else { return false }
            case .variable(let name):
                hasVariable = true
                guard value(name).isEmpty else { return false }
            }
        }
        return hasVariable
    }

    private static func text(_ piece: Piece, _ value: (LetterVariable) -> String) -> String {
        switch piece {
        case .text(let text): text
        case .variable(let name): value(name)
        }
    }

    private static func pieces(_ line: some StringProtocol, _ place: String) throws(FaxError) -> [Piece] {
        var pieces: [Piece] = []
        var rest = String(line)[...]
        while let start = rest.firstRange(of: "${") {
            if start.lowerBound > rest.startIndex { pieces.append(.text(String(rest[..<start.lowerBound]))) }
            guard let end = rest[start.upperBound...].firstIndex(of: "}") else {
                throw FaxError(.configuration, "\(place): '${' without '}'")
            }
            let name = String(rest[start.upperBound..<end])
            guard let variable = LetterVariable(name: name) else {
                let all = LetterVariable.allCases.map(\.rawValue).joined(separator: ", ")
                throw FaxError(.configuration, "\(place): there is no ${\(name)}; there are: \(all)")
            }
            pieces.append(.variable(variable))
            rest = rest[rest.index(after: end)...]
        }
        if !rest.isEmpty { pieces.append(.text(String(rest))) }
        return pieces
    }
}
