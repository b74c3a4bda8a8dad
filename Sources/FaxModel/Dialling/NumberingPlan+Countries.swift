extension NumberingPlan {
    /// The usual dialling prefixes of a country, `00` and `0` where nothing else is known here. Common knowledge, taken
    /// from no register: the settings' `international_prefix` and `trunk_prefix` overrule it.
    static func prefixes(ofCountry code: String) -> (international: String, trunk: String) {
        switch code {
        case "1": ("011", "1")
        case "7": ("810", "8")
        case "36": ("00", "06")
        case "61": ("0011", "0")
        case "81": ("010", "0")
        case "852": ("001", "")
        case "30", "34", "39", "45", "47", "48", "52", "351", "352", "354", "356", "371", "372", "376", "377", "378",
            "420":
            ("00", "")
        default: ("00", "0")
        }
    }
}
