/// How the pixels of a TIFF page are coded.
package enum PageCompression: Hashable, Sendable {
    /// T.4 one-dimensional, Compression 3.
    case g3OneDimensional
    /// T.4 two-dimensional, Compression 3 with bit 0 of T4Options.
    case g3TwoDimensional
    /// T.6, Compression 4.
    case g4
    /// Anything else, by its number in the Compression tag.
    case other(UInt16)
}
