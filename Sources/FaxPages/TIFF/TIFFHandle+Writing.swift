import CTIFF
import FaxModel

extension TIFFHandle {
    /// Writes what is still in memory and closes the file. `TIFFClose` alone would keep a failure to itself.
    consuming func finish() throws(FaxError) {
        try check(TIFFFlush(tiff), "finish writing")
    }

    func set(_ tag: Int32, short value: Int32) throws(FaxError) {
        try check(callfax_tiff_set_short(tiff, UInt32(tag), UInt16(truncatingIfNeeded: value)), "set tag \(tag)")
    }

    func set(_ tag: Int32, long value: UInt32) throws(FaxError) {
        try check(callfax_tiff_set_long(tiff, UInt32(tag), value), "set tag \(tag)")
    }

    /// The tags that every fax page has; Compression and what depends on it must follow.
    func describePage(index: Int, of total: Int, width: Int, rows: Int, rowsPerStrip: Int) throws(FaxError) {
        try set(TIFFTAG_SUBFILETYPE, long: UInt32(FILETYPE_PAGE))
        try set(TIFFTAG_IMAGEWIDTH, long: UInt32(width))
        try set(TIFFTAG_IMAGELENGTH, long: UInt32(rows))
        try set(TIFFTAG_BITSPERSAMPLE, short: 1)
        try set(TIFFTAG_SAMPLESPERPIXEL, short: 1)
        try set(TIFFTAG_PHOTOMETRIC, short: PHOTOMETRIC_MINISWHITE)
        try set(TIFFTAG_ORIENTATION, short: ORIENTATION_TOPLEFT)
        try set(TIFFTAG_PLANARCONFIG, short: PLANARCONFIG_CONTIG)
        try set(TIFFTAG_ROWSPERSTRIP, long: UInt32(rowsPerStrip))
        try check(callfax_tiff_set_page_number(tiff, UInt16(index), UInt16(total)), "set the page number")
        try check(callfax_tiff_set_text(tiff, UInt32(TIFFTAG_SOFTWARE), "Callfax"), "set the software")
    }

    /// Writes a page and its directory, `index` counted from 0.
    func writePage(_ page: CodedPage, index: Int, of total: Int) throws(FaxError) {
        try describePage(index: index, of: total, width: page.width, rows: page.rows, rowsPerStrip: page.rows)
        try set(TIFFTAG_FILLORDER, short: FILLORDER_LSB2MSB)
        switch page.coding {
        case .g4: try set(TIFFTAG_COMPRESSION, short: COMPRESSION_CCITTFAX4)
        case .g3OneDimensional, .g3TwoDimensional:
            try set(TIFFTAG_COMPRESSION, short: COMPRESSION_CCITTFAX3)
            let twoDimensional = page.coding == .g3TwoDimensional ? GROUP3OPT_2DENCODING : 0
            try set(TIFFTAG_GROUP3OPTIONS, long: UInt32(GROUP3OPT_FILLBITS | twoDimensional))
        }
        try setResolution(Double(Resolution.pixelsPerInch), Double(page.resolution.linesPerInch))
        let written = page.bytes.withUnsafeBytes { bytes in
            // libtiff takes a pointer that may be written through, but only copies from it (tif_write.c).
            TIFFWriteRawStrip(tiff, 0, UnsafeMutableRawPointer(mutating: bytes.baseAddress), tmsize_t(bytes.count))
        }
        try check(written == page.bytes.count ? 1 : 0, "write page \(index + 1)")
        try check(TIFFWriteDirectory(tiff), "write the directory of page \(index + 1)")
    }

    /// Codes a whole page as its only strip.
    func writeStrip(_ pixels: [UInt8], _ operation: String) throws(FaxError) {
        let written = pixels.withUnsafeBytes { bytes in
            // libtiff takes a pointer that may be written through, but only copies from it (tif_write.c).
            TIFFWriteEncodedStrip(tiff, 0, UnsafeMutableRawPointer(mutating: bytes.baseAddress), tmsize_t(bytes.count))
        }
        try check(written == pixels.count ? 1 : 0, operation)
    }

    /// Pixels and lines an inch.
    func setResolution(_ horizontal: Double, _ vertical: Double) throws(FaxError) {
        try check(callfax_tiff_set_rational(tiff, UInt32(TIFFTAG_XRESOLUTION), horizontal), "set the resolution")
        try check(callfax_tiff_set_rational(tiff, UInt32(TIFFTAG_YRESOLUTION), vertical), "set the resolution")
        try set(TIFFTAG_RESOLUTIONUNIT, short: RESUNIT_INCH)
    }
}
