import CTIFF
import FaxModel

extension TIFFHandle {
    /// Writes the current page of `input` as it is coded there, but for the rows under a header.
    ///
    /// `index`, counted from 0, and `total` are for PageNumber.
    func copyPage(
        from input: borrowing TIFFHandle, index: Int, of total: Int, under band: HeaderBands.Band?
    ) throws(FaxError) {
        let info = input.info
        try input.requireBilevelStrips(info)
        let rowsPerStrip = callfax_tiff_long(input.tiff, UInt32(TIFFTAG_ROWSPERSTRIP), UInt32.max)
        try describePage(
            index: index, of: total, width: info.width, rows: info.rows,
            rowsPerStrip: band == nil ? min(Int(rowsPerStrip), info.rows) : info.rows)
        try set(TIFFTAG_FILLORDER, short: info.isLowestBitFirst ? FILLORDER_LSB2MSB : FILLORDER_MSB2LSB)
        if info.isMinIsBlack, band == nil { try set(TIFFTAG_PHOTOMETRIC, short: PHOTOMETRIC_MINISBLACK) }
        switch try input.coding(of: info) {
        case .g3OneDimensional, .g3TwoDimensional:
            try set(TIFFTAG_COMPRESSION, short: COMPRESSION_CCITTFAX3)
            let options = callfax_tiff_long(input.tiff, UInt32(TIFFTAG_GROUP3OPTIONS), 0)
            try set(TIFFTAG_GROUP3OPTIONS, long: options)
        case .g4: try set(TIFFTAG_COMPRESSION, short: COMPRESSION_CCITTFAX4)
        }
        if let horizontal = info.horizontalResolution, let vertical = info.verticalResolution {
            try setResolution(horizontal, vertical)
        }
        if let band { try copyStrip(of: input, info, under: band) }
        for strip in 0..<(band == nil ? info.stripCount : 0) {
            var (bytes, isWhole) = input.codedStrip(strip)
            guard isWhole else {
                throw FaxError(.data, "\(quoted(input.name)): page \(input.pageNumber) is cut short")
            }
            let written = bytes.withUnsafeMutableBytes { buffer in
                TIFFWriteRawStrip(tiff, UInt32(strip), buffer.baseAddress, tmsize_t(buffer.count))
            }
            try check(written == bytes.count ? 1 : 0, "copy page \(input.pageNumber)")
        }
        try check(TIFFWriteDirectory(tiff), "write the directory of page \(index + 1)")
    }

    /// Writes the current page of `input` with fewer lines an inch, coded as it was, and gives its pixels.
    func reducePage(
        of input: borrowing TIFFHandle, to lower: Resolution, index: Int, of total: Int, under band: HeaderBands.Band?
    ) throws(FaxError) -> PageBits {
        let info = input.info
        let coding = try input.coding(of: info)
        var page = try input.wholePage().reduced(from: info.resolution ?? lower, to: lower)
        if let band { try page.draw(band, of: input) }
        try writePage(CodedPage(page, lower, coding), index: index, of: total)
        return page
    }

    /// The pixels of the current page, all of them right.
    func wholePage() throws(FaxError) -> PageBits {
        let (page, complaint) = try decodePage()
        if let complaint { throw FaxError(.data, "\(quoted(name)): page \(pageNumber) is damaged: \(complaint)") }
        return page
    }

    private func coding(of info: PageInfo) throws(FaxError) -> FaxTIFFWriter.Coding {
        switch info.compression {
        case .g3OneDimensional: return .g3OneDimensional
        case .g3TwoDimensional: return .g3TwoDimensional
        case .g4: return .g4
        case .other(let number):
            throw FaxError(
                .data, "\(quoted(name)): page \(pageNumber) has compression \(number), not T.4 or T.6")
        }
    }
}
