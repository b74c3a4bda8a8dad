import Glibc

/// An entry of Asterisk's log, as its `full` file has it (main/logger.c).
package struct AsteriskLogLine: Hashable, Sendable {
    /// By whose clock its times are.
    package enum Zone: Sendable { case local, utc }

    /// Seconds since 1970.
    package var time: Double
    /// VERBOSE, WARNING, FAX and so on.
    package var level: String
    /// C-0000002a: the call that it is about, where Asterisk knows.
    package var call: String?
    /// The source file, without a path.
    package var file: String
    /// What it says; more than one line where it has more.
    package var message: String

    /// Written by the fax engine: FAX is a level that only res_fax has.
    var isOfT30: Bool { level == "FAX" }

    package init(time: Double, level: String, call: String?, file: String, message: String) {
        self.time = time
        self.level = level
        self.call = call
        self.file = file
        self.message = message
    }

    /// `[DATE] LEVEL[PID][C-…] file.c: MESSAGE`, in the forms of Asterisk 11 to 23; nil for anything else, such as the
    /// second line of an entry. `year` completes dates like `Nov 26 19:25:02`.
    package init?(_ line: String, zone: Zone = .local, year: Int32 = 0) {
        guard line.first == "[", let close = line.firstIndex(of: "]"),
            let time = Self.time(String(line[line.index(after: line.startIndex)..<close]), zone, year)
        else { return nil }
        var rest = line[line.index(after: close)...].drop { $0 == " " }
        let level = rest.prefix { $0.isUppercase || $0.isNumber || $0 == "_" }
        rest = rest.dropFirst(level.count)
        guard !level.isEmpty, rest.first == "[" else { return nil }
        self.time = time
        self.level = String(level)
        // [1234] and [C-0000002a], in one pair or two.
        while rest.first == "[", let end = rest.firstIndex(of: "]") {
            let word = rest[rest.index(after: rest.startIndex)..<end]
            if word.hasPrefix("C-") { call = String(word) }
            rest = rest[rest.index(after: end)...]
        }
        if rest.first == ":" { rest = rest.dropFirst() }
        if rest.first == " " { rest = rest.dropFirst() }
        // `pbx.c: ` or `pbx.c:123 function: `.
        let name = rest.prefix { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "." || $0 == "-" }
        if name.hasSuffix(".c"), let colon = rest.dropFirst(name.count).firstRange(of: ": ") {
            file = String(name)
            message = String(rest[colon.upperBound...])
        } else {
            file = ""
            message = String(rest)
        }
    }

    /// `2026-11-26 19:25:02.123`, also without the fraction, or `Nov 26 19:25:02`.
    private static func time(_ text: String, _ zone: Zone, _ year: Int32) -> Double? {
        let words = text.split { $0 == " " || $0 == "-" || $0 == ":" }
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        var numbers = words.compactMap { Int32($0.prefix { $0.isNumber }) }
        if let name = words.first, let month = months.firstIndex(of: String(name)) {
            numbers = [year, Int32(month + 1)] + numbers
        }
        guard numbers.count == 6, let seconds = words.last else { return nil }
        let fraction = Double("0" + seconds.drop { $0.isNumber }) ?? 0
        var moment = tm()
        moment.tm_year = numbers[0] - 1900
        moment.tm_mon = numbers[1] - 1
        moment.tm_mday = numbers[2]
        moment.tm_hour = numbers[3]
        moment.tm_min = numbers[4]
        moment.tm_sec = numbers[5]
        moment.tm_isdst = -1
        return Double(zone == .utc ? timegm(&moment) : mktime(&moment)) + fraction
    }
}
