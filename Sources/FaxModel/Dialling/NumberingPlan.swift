/// How numbers are written in one country, so that every notation of a number has one canonical form: `+`, country code,
/// national number (E.164).
package struct NumberingPlan: Hashable, Sendable {
    /// Without `+`.
    package let country: String
    /// The own area code without the trunk prefix: for numbers that are typed without one.
    package let area: String?
    /// What is dialled before a country code.
    package let internationalPrefix: String
    /// What is dialled before a national number; empty where there is none.
    package let trunkPrefix: String

    /// What isn't said is what the country is known for, else `00` and `0`; throws `FaxError.configuration`.
    package init(
        country: String, area: String? = nil, internationalPrefix: String? = nil, trunkPrefix: String? = nil
    ) throws(FaxError) {
        let country = country.first == "+" ? String(country.dropFirst()) : country
        guard Self.areDigits(country), (1...3).contains(country.count), country.first != "0" else {
            throw FaxError(.configuration, "must be a country code like 49, is \(quoted(country))")
        }
        let known = Self.prefixes(ofCountry: country)
        let trunk = trunkPrefix ?? known.trunk
        let international = internationalPrefix ?? known.international
        if let area {
            guard Self.areDigits(area), (1...8).contains(area.count), trunk != "0" || area.first != "0" else {
                throw FaxError(
                    .configuration, "the area code must be digits without the trunk prefix, is \(quoted(area))")
            }
        }
        guard Self.areDigits(international), (1...5).contains(international.count) else {
            throw FaxError(
                .configuration, "the international prefix must be digits, like 00, is \(quoted(international))")
        }
        guard Self.areDigits(trunk), trunk.count <= 4, trunk != international else {
            throw FaxError(.configuration, "the trunk prefix must be digits, like 0, or empty, is \(quoted(trunk))")
        }
        self.country = country
        self.area = area
        self.internationalPrefix = international
        self.trunkPrefix = trunk
    }

    /// The one form of a number, whichever way it was typed; what has none (an extension, a service code, a local number
    /// where no area code is set) stays as it is.
    package func canonical(_ number: FaxNumber) -> FaxNumber {
        let digits = tidied(number).digits
        if digits.first == "+" { return tidied(number) }
        guard Self.areDigits(digits), digits.count >= 5 else { return number }
        let full: String
        if let abroad = digits.dropping(internationalPrefix) {
            full = abroad
        } else if trunkPrefix.isEmpty || country == "1" && digits.count == 10 {
            // No trunk prefix is needed where all numbers are dialled in full.
            full = country + digits
        } else if let national = digits.dropping(trunkPrefix) {
            full = country + national
        } else if let area {
            full = country + area + digits
        } else {
            return number
        }
        return (try? FaxNumber(parsing: "+" + full)) ?? number
    }

    /// All ways in which a number may have been written: as it is, its canonical form, and what trunks make of that.
    package func notations(of number: FaxNumber) -> [String] {
        let canonical = canonical(number)
        var forms = [number.digits, canonical.digits]
        if let digits = canonical.digits.dropping("+") {
            forms += [digits, internationalPrefix + digits]
            if let national = national(canonical) {
                forms += [trunkPrefix + national]
                if let area, let local = national.dropping(area) { forms.append(local) }
            }
        }
        var seen: Set<String> = []
        return forms.filter { seen.insert($0).inserted }
    }

    /// The number without the trunk prefix `0` that people leave behind the own country code: `+49 (0)30 …`.
    package func tidied(_ number: FaxNumber) -> FaxNumber {
        guard trunkPrefix == "0" else { return number }
        for start in ["+" + country, internationalPrefix + country] {
            if let rest = number.digits.dropping(start + "0") {
                return (try? FaxNumber(parsing: start + rest)) ?? number
            }
        }
        return number
    }

    /// The national number, without any prefix, of a canonical number of the own country.
    func national(_ canonical: FaxNumber) -> String? { canonical.digits.dropping("+" + country) }

    private static func areDigits(_ text: String) -> Bool {
        text.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    }
}

extension String {
    /// The rest after `prefix`; nil where it doesn't begin with it or nothing would be left.
    func dropping(_ prefix: String) -> String? {
        guard hasPrefix(prefix), utf8.count > prefix.utf8.count else { return nil }
        return String(utf8.dropFirst(prefix.utf8.count))
    }
}
