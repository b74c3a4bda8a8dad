import CTIFF
import FaxModel

extension TIFFHandle {
    /// Writes the only strip of a page whose topmost rows are a header's, the tags being set already: the coded rows
    /// below stay as they are where each can be had by itself, else the page is coded again.
    func copyStrip(of input: borrowing TIFFHandle, _ info: PageInfo, under band: HeaderBands.Band) throws(FaxError) {
        if var bytes = try input.splicedStrip(info, under: band) {
            let written = bytes.withUnsafeMutableBytes { buffer in
                TIFFWriteRawStrip(tiff, 0, buffer.baseAddress, tmsize_t(buffer.count))
            }
            return try check(written == bytes.count ? 1 : 0, "copy page \(input.pageNumber)")
        }
        var page = try input.wholePage()
        try page.draw(band, of: input)
        if info.compression != .g4 {
            // ImageLength says where a page ends; profile S has no RTC.
            try check(callfax_tiff_set_fax_mode(tiff, FAXMODE_NORTC), "set the fax mode")
        }
        try writeStrip(page.bytes, "write page \(input.pageNumber)")
    }

    /// The coded page with a band's rows in place of its own topmost ones; nil where rows depend on each other, or where
    /// they don't begin at bytes as our own pages' do.
    private func splicedStrip(_ info: PageInfo, under band: HeaderBands.Band) throws(FaxError) -> [UInt8]? {
        let options = callfax_tiff_long(tiff, UInt32(TIFFTAG_GROUP3OPTIONS), 0)
        guard info.compression == .g3OneDimensional, options & UInt32(GROUP3OPT_FILLBITS) != 0, info.stripCount == 1,
            info.isLowestBitFirst, !info.isMinIsBlack, info.width == band.bits.width, info.rows > band.bits.rows
        else { return nil }
        let (bytes, isWhole) = codedStrip(0)
        guard isWhole else { throw FaxError(.data, "\(quoted(name)): page \(pageNumber) is cut short") }
        // EOL is the only word of T.4 with eleven zeros in a row (§4.1.2). With fill it ends at a byte: four zeros at
        // the end of one, seven zeros and a one in the next, here lowest bit first.
        var found = 0
        var last: UInt8 = 0xFF
        for (index, byte) in bytes.enumerated() {
            if byte == 0x80, last & 0xF0 == 0 {
                if found == 0, index != 1 { return nil }
                if found == band.bits.rows { return band.coded + [0x00] + bytes[index...] }
                found += 1
            }
            last = byte
        }
        return nil
    }
}

extension PageBits {
    /// Puts a header's rows in place of the topmost ones; `input` is named where the page isn't as wide.
    mutating func draw(_ band: HeaderBands.Band, of input: borrowing TIFFHandle) throws(FaxError) {
        guard width == band.bits.width else {
            throw FaxError(.data, "\(quoted(input.name)): page \(input.pageNumber) is \(width) pixels wide")
        }
        bytes.replaceSubrange(0..<band.bits.bytes.count, with: band.bits.bytes)
    }
}
