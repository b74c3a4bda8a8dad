package import FaxModel

/// What the directory of one TIFF page says about it.
package struct PageInfo: Hashable, Sendable {
    /// Pixels in a row.
    package var width: Int
    package var rows: Int
    /// Pixels an inch along a row; nil where the file doesn't say.
    package var horizontalResolution: Double?
    /// Rows an inch; nil where the file doesn't say.
    package var verticalResolution: Double?
    package var compression: PageCompression
    /// Bytes of the coded image, as many as a fax call carries of it, less the fill.
    package var encodedBytes: Int
    package var bitsPerSample: Int
    package var samplesPerPixel: Int
    package var isTiled: Bool
    /// A 1 in the decoded data is white.
    package var isMinIsBlack: Bool
    /// The first pixel is in the lowest bit of a byte.
    package var isLowestBitFirst: Bool
    package var stripCount: Int

    /// The fax resolution that spandsp takes it for: 204 pixels and 98, 196 or 391 lines an inch, within 5 %.
    package var resolution: Resolution? {
        guard let horizontalResolution, let verticalResolution,
            Self.close(horizontalResolution, to: Resolution.pixelsPerInch)
        else { return nil }
        return Resolution.allCases.first { Self.close(verticalResolution, to: $0.linesPerInch) }
    }

    private static func close(_ value: Double, to nominal: Int) -> Bool {
        abs(value - Double(nominal)) <= Double(nominal) * 0.05
    }
}
