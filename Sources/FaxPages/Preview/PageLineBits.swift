import FaxModel

/// How many bits a call carries of one page, in each coding that machines can agree on (T.30 Table 2, bits 16 and 31).
///
/// Image data alone: neither the handshake and the confirmation around it, nor the frames of ECM (4 in 256 bytes, T.4
/// annex A), nor the fill where a slow machine asks for a minimum time a line.
package struct PageLineBits: Hashable, Sendable, Codable {
    /// T.4 one-dimensional (MH).
    package var oneDimensional: Int
    /// T.4 two-dimensional (MR).
    package var twoDimensional: Int
    /// T.6 (MMR), which goes with ECM only.
    package var t6: Int

    package init(oneDimensional: Int, twoDimensional: Int, t6: Int) {
        (self.oneDimensional, self.twoDimensional, self.t6) = (oneDimensional, twoDimensional, t6)
    }

    /// Of each page of a TIFF; fails where `TIFFFile.decode` does.
    package static func pages(of path: String) throws -> [PageLineBits] {
        var pages: [PageLineBits] = []
        try TIFFFile.forEachPage(path) { _, info, bits, _ in
            let resolution = info.resolution ?? .fine
            func count(_ coding: FaxTIFFWriter.Coding) -> Int { PageCoder(coding, resolution).lineBits(bits) }
            pages.append(
                PageLineBits(
                    oneDimensional: count(.g3OneDimensional), twoDimensional: count(.g3TwoDimensional), t6: count(.g4)))
        }
        return pages
    }
}
