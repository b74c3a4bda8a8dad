/// Numbers that nobody wants dialled by a machine: refused until the settings allow them.
package enum CostlyNumbers {
    /// Emergency numbers that are known in many countries. Those of one country only that are somebody's extension
    /// elsewhere (100 to 103) are left to the settings.
    package static let emergency: Set<String> = [
        "15", "17", "18", "000", "110", "111", "112", "113", "115", "117", "118", "119", "144", "190", "191", "192",
        "193", "911", "933", "988", "995", "997", "998", "999",
    ]

    /// Premium rates: 0900 wherever it is typed so, each country's own, and the international ones (979, satellites).
    package static let premium: [DialPattern] = [
        "_0900X.", "_0190X.", "_00979X.", "_011979X.", "_1900NXXXXXX",
        "_+1900NXXXXXX", "_+31900!", "_+31906!", "_+31909!", "_+3290!", "_+3389!", "_+3480[367]!", "_+3989[0-9]!",
        "_+41900!", "_+41901!", "_+41906!", "_+43900!", "_+43901!", "_+43930!", "_+43931!", "_+449!", "_+4590!",
        "_+46900!", "_+46939!", "_+46944!", "_+4782[0-9]!", "_+4870!", "_+49900!", "_+49190!", "_+49137!", "_+358600!",
        "_+358700!", "_+420900!", "_+420906!", "_+420909!", "_+61190[0-9]!", "_+870!", "_+881!", "_+882!",
        "_+883!", "_+979!",
    ].compactMap { try? DialPattern(parsing: $0) }
}
