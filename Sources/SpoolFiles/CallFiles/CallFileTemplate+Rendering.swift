package import FaxModel

extension CallFileTemplate {
    /// The call file of one call, as bytes to publish.
    ///
    /// Trailing blanks of a value go, as Asterisk would drop them. The finished file is read back the way Asterisk will
    /// read it, and every key and value must be what was meant; otherwise `FaxError(.configuration)`.
    package func render(_ values: CallFileValues) throws(FaxError) -> [UInt8] {
        var bytes: [UInt8] = []
        var meant: [CallFileReader.Line] = []
        for line in lines {
            if line.key == .callerID, line.text.uses(.callerID), values.callerID == nil { continue }
            let value = Self.trimmed((line.name.map { $0 + "=" } ?? "") + line.text.text(values))
            try check(value, of: line)
            let written = Array("\(line.key.rawValue): \(Self.escaped(value))".utf8)
            guard written.count <= Self.lineLimit else {
                throw refusal(
                    line, "\(written.count) bytes; Asterisk would drop the line, \(Self.lineLimit) may be used")
            }
            bytes += written + [UInt8(ascii: "\n")]
            meant.append(.entry(number: meant.count + 1, key: line.key.rawValue, value: value))
        }
        guard CallFileReader.lines(of: bytes) == meant else {
            throw FaxError(.configuration, "\(name): Asterisk would read the call file otherwise than it is meant")
        }
        return bytes
    }

    private func check(_ value: String, of line: TemplateLine) throws(FaxError) {
        if let bad = value.utf8.first(where: { $0 < 32 || $0 == 127 }) {
            throw refusal(line, "control character \(bad) in a value")
        }
        var before: UInt8 = 32
        for byte in value.utf8 {
            if byte == UInt8(ascii: "#"), before == 32 || before == 9 {
                throw refusal(line, "'#' at the beginning or after a blank would begin a comment")
            }
            before = byte
        }
    }

    private func refusal(_ line: TemplateLine, _ what: String) -> FaxError {
        FaxError(.configuration, "\(name):\(line.number): \(line.name ?? line.key.rawValue): \(what)")
    }

    private static func escaped(_ value: String) -> String {
        value.reduce(into: "") { $0 += $1 == ";" ? "\\;" : String($1) }
    }

    private static func trimmed(_ value: String) -> String {
        var scalars = value.unicodeScalars[...]
        while let last = scalars.last, last == " " || last == "\t" { scalars.removeLast() }
        return String(scalars)
    }
}
