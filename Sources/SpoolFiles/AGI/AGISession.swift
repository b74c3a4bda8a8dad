import FaxModel

/// Asterisk's side of one AGI program (res_agi.c): its greeting, then commands and answers.
struct AGISession {
    /// Lines of the greeting at most; Asterisk sends about 25.
    static let greetingLines = 200
    /// Bytes of the greeting at most.
    static let greetingLimit = 65536

    private var link: AGILink

    /// Reads the greeting and finds the place where answers begin.
    ///
    /// The greeting holds raw texts of the caller, so a newline in one could look like the greeting's end or like an
    /// answer. Therefore nothing of it is used, and a random word is sent to and fro before the first real command.
    init(_ link: AGILink, word: UInt64 = .random(in: .min ... .max)) throws(FaxError) {
        self.link = link
        try readGreeting()
        let word = "sync-" + String(word, radix: 36)
        try self.link.writeLine("GET FULL VARIABLE \"\(word)\"")
        for _ in 0..<Self.greetingLines where try self.link.readLine() == Array("200 result=1 (\(word))".utf8) {
            return
        }
        throw FaxError(.data, "this is no AGI session")
    }

    private mutating func readGreeting() throws(FaxError) {
        for number in 0..<Self.greetingLines {
            let line = try link.readLine()
            guard link.received <= Self.greetingLimit else { throw FaxError(.data, "the AGI greeting is too long") }
            if line.isEmpty { return }
            if number == 0, !line.starts(with: "agi_".utf8) { throw FaxError(.data, "this is no AGI session") }
        }
        throw FaxError(.data, "the AGI greeting has no end")
    }

    /// Gives all that follows until then, in milliseconds of CLOCK_MONOTONIC.
    mutating func go(on deadline: Int64) { link.deadline = deadline }

    /// The value of a dialplan expression, `NAME` or `FUNCTION(args)`: valid UTF-8, control characters made blanks,
    /// cut at `limit` bytes; empty where there is none.
    ///
    /// It travels as `${URIENCODE(…)}` (func_uri.c), so that no byte of a far end's text can end the line or the answer.
    mutating func value(_ expression: String, limit: Int = 256) throws(FaxError) -> String {
        let answer = try command("GET FULL VARIABLE \"${URIENCODE(${\(expression)})}\"")
        return AGIText.decode(answer, limit: limit)
    }

    /// As `value`, for a text that a far end chose.
    ///
    /// Asterisk looks for a substring's `:` in the finished expression (pbx_variables.c), so a value with `)` and then `:`
    /// would come back cut. REPLACE (func_strings.so) hides the colons on the way; without it the plain way is taken.
    mutating func farValue(_ expression: String) throws(FaxError) -> String {
        let answer = try command(
            "GET FULL VARIABLE \"${URIENCODE(${REPLACE(\(expression),:,\(AGIText.hiddenColon))})}\"")
        guard !answer.isEmpty else { return try value(expression) }
        return AGIText.decode(answer, limit: 256, revealingColons: true)
    }

    /// As `farValue`, nil where it is empty.
    mutating func farText(_ expression: String) throws(FaxError) -> String? {
        let text = try farValue(expression)
        return text.isEmpty ? nil : text
    }

    /// As `value`, nil where it is empty.
    mutating func text(_ expression: String) throws(FaxError) -> String? {
        let text = try value(expression)
        return text.isEmpty ? nil : text
    }

    mutating func integer(_ expression: String) throws(FaxError) -> Int? { Int(try value(expression)) }

    /// Sets a channel variable; both texts are ours and need no quoting.
    mutating func set(_ name: String, _ value: String) throws(FaxError) {
        _ = try command("SET VARIABLE \(name) \"\(value)\"")
    }

    /// A line on Asterisk's console and in its log, verbosity 1.
    mutating func say(_ text: String) throws(FaxError) {
        _ = try command("VERBOSE \"\(AGIText.quotable("fax-agi: " + text))\" 1")
    }

    /// Sends one command and returns what stands in the parentheses of its answer.
    private mutating func command(_ line: String) throws(FaxError) -> ArraySlice<UInt8> {
        try link.writeLine(line)
        for _ in 0..<Self.greetingLines {
            let answer = try link.readLine()
            if answer.starts(with: "200 ".utf8) {
                guard let open = answer.firstIndex(of: UInt8(ascii: "(")) else { return [] }
                // A line that was cut has no closing parenthesis.
                let close = answer.lastIndex(of: UInt8(ascii: ")")) ?? answer.endIndex
                return open < close ? answer[(open + 1)..<close] : []
            }
            // "HANGUP" and "100 Trying" announce nothing that matters here; "520-" opens a text of several lines.
            if answer.starts(with: "HANGUP".utf8) || answer.starts(with: "100 ".utf8) { continue }
            throw FaxError(.data, "Asterisk refused a command: \(quoted(String(decoding: answer, as: UTF8.self)))")
        }
        throw FaxError(.data, "Asterisk gave no answer to a command")
    }
}
