import FaxModel

extension PageBits {
    /// The page with fewer lines an inch: each row is black where one of the 2 or 4 rows is that it stands for.
    ///
    /// Nothing thin gets lost by it, as it would if rows were left out. Rows that are too few at the end make a row of
    /// their own. A resolution that isn't lower gives the page as it is.
    func reduced(from own: Resolution, to wanted: Resolution) -> PageBits {
        let factor = own.rowsOfStandard / wanted.rowsOfStandard
        guard factor > 1 else { return self }
        var page = PageBits(width: width, rows: Self.rows(rows, from: own, to: wanted))
        let length = bytesPerRow
        for y in 0..<rows {
            let (source, target) = (y * length, y / factor * length)
            for byte in 0..<length { page.bytes[target + byte] |= bytes[source + byte] }
        }
        return page
    }

    /// The page with more lines an inch: each row as often as it takes. A resolution that isn't higher gives the page as it is.
    func raised(from own: Resolution, to wanted: Resolution) -> PageBits {
        let factor = wanted.rowsOfStandard / own.rowsOfStandard
        guard factor > 1 else { return self }
        return PageBits(width: width, rows: factor * rows, bytes: (0..<factor * rows).flatMap { row($0 / factor) })
    }

    /// How many rows `reduced` leaves of so many.
    static func rows(_ rows: Int, from own: Resolution, to wanted: Resolution) -> Int {
        let factor = max(1, own.rowsOfStandard / wanted.rowsOfStandard)
        return (rows + factor - 1) / factor
    }
}

extension Resolution {
    /// Rows that are as high as one at standard: 391, 196 and 98 lines an inch are 15.4, 7.7 and 3.85 a millimetre.
    fileprivate var rowsOfStandard: Int {
        switch self {
        case .standard: 1
        case .fine: 2
        case .superfine: 4
        }
    }
}
