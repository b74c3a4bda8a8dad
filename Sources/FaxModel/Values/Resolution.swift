/// The vertical resolution of a fax page; horizontally there are always 204 pixels an inch, 1728 a line (T.4 §2.2).
package enum Resolution: String, CaseIterable, Hashable, Sendable, Codable {
    /// 98 lines an inch (3.85 a millimetre).
    case standard
    /// 196 lines an inch (7.7 a millimetre).
    case fine
    /// 391 lines an inch (15.4 a millimetre).
    case superfine

    /// Lines an inch, as the YResolution tag of a TIFF/F carries it.
    package var linesPerInch: Int {
        switch self {
        case .standard: 98
        case .fine: 196
        case .superfine: 391
        }
    }

    /// Pixels an inch along a line.
    package static let pixelsPerInch = 204
    /// Pixels in a line of the 215 mm width, the only width that res_fax offers.
    package static let pixelsPerLine = 1728

    /// Rows that spandsp's header line adds above a page.
    package var headerRows: Int {
        switch self {
        case .standard: 16
        case .fine: 32
        case .superfine: 64
        }
    }

    /// Half as many lines an inch; nil for the coarsest.
    package var lower: Resolution? {
        switch self {
        case .superfine: .fine
        case .fine: .standard
        case .standard: nil
        }
    }
}

extension Resolution: Comparable {
    package static func < (a: Resolution, b: Resolution) -> Bool { a.linesPerInch < b.linesPerInch }
}
