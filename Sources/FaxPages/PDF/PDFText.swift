import FaxModel

/// Values as a PDF file spells them (ISO 32000-1 §7.9).
enum PDFText {
    /// A text string: a literal where it is printable ASCII, UTF-16BE with a byte order mark otherwise.
    static func string(_ text: String) -> String {
        guard text.utf8.allSatisfy({ (0x20...0x7E).contains($0) }) else {
            let units = [0xFEFF] + Array(text.utf16)
            return "<" + units.map { hex($0, 4) }.joined() + ">"
        }
        var out = "("
        for character in text.unicodeScalars {
            if character == "(" || character == ")" || character == "\\" { out += "\\" }
            out.unicodeScalars.append(character)
        }
        return out + ")"
    }

    /// Without control characters and what XML has no place for: the same text goes into XMP.
    static func plain(_ text: String) -> String {
        String(
            String.UnicodeScalarView(
                text.unicodeScalars.map { $0.isControl || $0.value & 0xFFFE == 0xFFFE ? " " : $0 }))
    }

    /// `2026-11-22T22:06:51+01:00`, as XMP tells a date.
    static func isoDate(_ time: UnixTime, utcOffset: Int) -> String {
        let text = date(time, utcOffset: utcOffset).dropFirst(3).dropLast()
        func part(_ start: Int, _ count: Int) -> Substring { text.dropFirst(start).prefix(count) }
        let clock = "\(part(8, 2)):\(part(10, 2)):\(part(12, 2))\(part(14, 3)):\(part(18, 2))"
        return "\(part(0, 4))-\(part(4, 2))-\(part(6, 2))T\(clock)"
    }

    /// A date string: local time and its distance from UTC in seconds (cut to minutes).
    static func date(_ time: UnixTime, utcOffset: Int) -> String {
        let local = time.seconds + Int64(utcOffset)
        let day = Int64((Double(local) / 86400).rounded(.down))
        let second = Int(local - day * 86400)
        let (year, month, dayOfMonth) = civil(day)
        let clock = two(second / 3600) + two(second / 60 % 60) + two(second % 60)
        let minutes = abs(utcOffset) / 60
        let sign = utcOffset < 0 ? "-" : "+"
        let zone = "\(sign)\(two(minutes / 60))'\(two(minutes % 60))'"
        return "(D:\(four(year))\(two(month))\(two(dayOfMonth))\(clock)\(zone))"
    }

    /// A number with at most four decimals, without an exponent, which PDF doesn't know.
    static func number(_ value: Double) -> String {
        let scaled = Int64((value * 10_000).rounded())
        var decimals = String(abs(scaled) % 10_000)
        decimals = String(repeating: "0", count: 4 - decimals.count) + decimals
        while decimals.last == "0" { decimals.removeLast() }
        let whole = "\(scaled < 0 ? "-" : "")\(abs(scaled) / 10_000)"
        return decimals.isEmpty ? whole : "\(whole).\(decimals)"
    }

    /// Year, month and day of a count of days since 1970-01-01 in the Gregorian calendar, by 400-year eras that begin
    /// in March.
    private static func civil(_ day: Int64) -> (Int, Int, Int) {
        let shifted = day + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return (Int(year), Int(month), Int(dayOfYear - (153 * shiftedMonth + 2) / 5 + 1))
    }

    private static func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
    private static func four(_ value: Int) -> String { two(value / 100) + two(value % 100) }

    private static func hex(_ value: UInt16, _ digits: Int) -> String {
        let text = String(value, radix: 16, uppercase: true)
        return String(repeating: "0", count: digits - text.count) + text
    }
}
