/// The text in double quotes with everything that could disturb a terminal or a log line escaped, cut at `limit`
/// characters.
package func quoted(_ text: String, limit: Int = 160) -> String {
    var out = "\""
    for (index, scalar) in text.unicodeScalars.enumerated() {
        guard index < limit else {
            out += "…"
            break
        }
        if scalar == "\"" || scalar == "\\" {
            out += "\\\(scalar)"
        } else if scalar.value < 32 || (127...159).contains(scalar.value) || (0x2028...0x202E).contains(scalar.value) {
            out += "\\u{\(String(scalar.value, radix: 16))}"
        } else {
            out.unicodeScalars.append(scalar)
        }
    }
    return out + "\""
}

extension Unicode.Scalar {
    /// C0 and C1 control characters and DEL: none of them has a place in a value that we carry.
    package var isControl: Bool { value < 32 || (127...159).contains(value) }
}
