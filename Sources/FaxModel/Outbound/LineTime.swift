/// How long a call may take.
package enum LineTime {
    /// Seconds after which a call with these pages is over or hopeless, for TIMEOUT(absolute).
    ///
    /// Reckoned at 2400 bit/s, the lowest rate of T.30, with 20 ms a line at least (T.30 Table 2, the slowest minimum
    /// scan line time), 15 s between pages for the confirmation and its repeats, and a minute and a half for the
    /// handshake with its training. A day at most.
    package static func longestCall(pages: [(rows: Int, bytes: Int)]) -> Int64 {
        let seconds = pages.reduce(90.0) { sum, page in
            sum + 15 + max(Double(page.bytes) * 8 / 2400, Double(page.rows) * 0.02)
        }
        return min(Int64(seconds.rounded(.up)), 86_400)
    }
}
