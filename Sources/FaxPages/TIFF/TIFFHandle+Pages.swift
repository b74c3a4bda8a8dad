import CTIFF
import FaxModel
import Glibc

extension TIFFHandle {
    /// What the current directory says.
    var info: PageInfo {
        let compression = callfax_tiff_short(tiff, UInt32(TIFFTAG_COMPRESSION), 0)
        let isTiled = TIFFIsTiled(tiff) != 0
        let strips = isTiled ? TIFFNumberOfTiles(tiff) : TIFFNumberOfStrips(tiff)
        var bytes: UInt64 = 0
        // No fax has more strips than the rows that `requireBilevelStrips` lets pass; a forged count shouldn't hold us up.
        for strip in 0..<min(strips, 100_000) { bytes &+= TIFFGetStrileByteCount(tiff, strip) }
        return PageInfo(
            width: Int(callfax_tiff_long(tiff, UInt32(TIFFTAG_IMAGEWIDTH), 0)),
            rows: Int(callfax_tiff_long(tiff, UInt32(TIFFTAG_IMAGELENGTH), 0)),
            horizontalResolution: perInch(TIFFTAG_XRESOLUTION),
            verticalResolution: perInch(TIFFTAG_YRESOLUTION),
            compression: coding(compression),
            encodedBytes: Int(clamping: bytes),
            bitsPerSample: Int(callfax_tiff_short(tiff, UInt32(TIFFTAG_BITSPERSAMPLE), 1)),
            samplesPerPixel: Int(callfax_tiff_short(tiff, UInt32(TIFFTAG_SAMPLESPERPIXEL), 1)),
            isTiled: isTiled,
            isMinIsBlack: callfax_tiff_short(tiff, UInt32(TIFFTAG_PHOTOMETRIC), 0) == PHOTOMETRIC_MINISBLACK,
            isLowestBitFirst: callfax_tiff_short(tiff, UInt32(TIFFTAG_FILLORDER), 1) == FILLORDER_LSB2MSB,
            stripCount: Int(strips))
    }

    private func perInch(_ tag: Int32) -> Double? {
        let value = callfax_tiff_rational(tiff, UInt32(tag), 0)
        guard value.isFinite, value > 0 else { return nil }
        let unit = callfax_tiff_short(tiff, UInt32(TIFFTAG_RESOLUTIONUNIT), UInt16(RESUNIT_INCH))
        return unit == RESUNIT_CENTIMETER ? value * 2.54 : value
    }

    private func coding(_ compression: UInt16) -> PageCompression {
        switch Int32(compression) {
        case COMPRESSION_CCITTFAX3:
            let options = callfax_tiff_long(tiff, UInt32(TIFFTAG_GROUP3OPTIONS), 0)
            return options & UInt32(GROUP3OPT_2DENCODING) != 0 ? .g3TwoDimensional : .g3OneDimensional
        case COMPRESSION_CCITTFAX4: return .g4
        default: return .other(compression)
        }
    }

    /// Lines of the current page that the receiver found damaged (BadFaxLines, RFC 3949 §4.4.1); nil where it doesn't say.
    var badLines: Int? {
        let bad = callfax_tiff_long(tiff, UInt32(TIFFTAG_BADFAXLINES), .max)
        return bad <= 100_000 ? Int(bad) : nil
    }

    /// Goes to the next directory; false after the last one.
    func nextPage() throws(FaxError) -> Bool {
        guard TIFFLastDirectory(tiff) == 0 else { return false }
        guard TIFFReadDirectory(tiff) == 1 else {
            throw FaxError(.data, "\(quoted(name)): the page after page \(pageNumber) can't be read: \(reason)")
        }
        return true
    }

    /// Counted from 1.
    var pageNumber: Int { Int(TIFFCurrentDirectory(tiff)) + 1 }

    var reason: String { complaint ?? "libtiff gave no reason" }

    /// The pixels of the current page, and what was wrong with the coded data; what could be decoded before that is
    /// there, the rest is white.
    ///
    /// Fails for a page that is not a fax page at all: tiled, not 1 bit, or of no or of absurd size.
    func decodePage() throws(FaxError) -> (bits: PageBits, complaint: String?) {
        let info = self.info
        try requireBilevelStrips(info)
        forgetComplaints()
        var bits = PageBits(width: info.width, rows: info.rows)
        let bytesPerRow = bits.bytesPerRow
        let rowsPerStrip = Int(callfax_tiff_long(tiff, UInt32(TIFFTAG_ROWSPERSTRIP), UInt32.max))
        let stripBytes = min(rowsPerStrip, info.rows) * bytesPerRow
        var failed: String?
        bits.bytes.withUnsafeMutableBytes { buffer in
            for strip in 0..<info.stripCount {
                let start = strip * stripBytes
                guard stripBytes > 0, start < buffer.count, let base = buffer.baseAddress else { break }
                let wanted = min(stripBytes, buffer.count - start)
                let got = TIFFReadEncodedStrip(tiff, UInt32(strip), base + start, tmsize_t(wanted))
                if got != wanted, failed == nil { failed = complaint ?? "strip \(strip + 1) is too short" }
            }
            if info.isMinIsBlack { for index in buffer.indices { buffer[index] = ~buffer[index] } }
            let unused = bytesPerRow * 8 - info.width
            if unused > 0 {
                for last in stride(from: bytesPerRow - 1, to: buffer.count, by: bytesPerRow) {
                    buffer[last] &= 0xFF << UInt8(unused)
                }
            }
        }
        return (bits, failed ?? complaint)
    }

    /// Refuses what no fax carries, before anything is allocated for it: more than 32 MB of pixels are a page of three metres at
    /// 400 dots an inch.
    func requireBilevelStrips(_ info: PageInfo) throws(FaxError) {
        let problem: String? =
            if info.isTiled {
                "is tiled; a fax page is made of strips"
            } else if info.bitsPerSample != 1 || info.samplesPerPixel != 1 {
                "has \(info.bitsPerSample) bits and \(info.samplesPerPixel) samples a pixel; a fax page has one"
            } else if info.width < 1 || info.rows < 1 || info.width > 20_000 || info.rows > 100_000
                || info.width * info.rows > 1 << 28
            {
                "is \(info.width) x \(info.rows) pixels, which is no fax page"
            } else {
                nil
            }
        if let problem { throw FaxError(.data, "\(quoted(name)): page \(pageNumber) \(problem)") }
    }
}
