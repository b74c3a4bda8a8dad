import CTIFF
package import FaxModel

extension TIFFFile {
    /// Writes a TIFF of the given pages (counted from 0) of another, PageNumber adjusted, coded data copied unchanged.
    ///
    /// `headers`, one for each page taken or none at all, are drawn over the pages' topmost rows; all other pixels stay,
    /// and every page is decoded again before the file is published.
    ///
    /// Takes T.4 and T.6 pages in strips; fails for others, for a range beyond the file, and for coded data that isn't
    /// all there. The target appears whole and durable, or not at all.
    package static func extract(
        pages: Range<Int>, from source: String, to target: String, headers: [PageHeader] = []
    ) throws(FaxError) -> [PageInfo] {
        let input = try TIFFHandle(reading: source)
        let file = try TemporaryFile(for: target)
        guard pages.lowerBound >= 0, !pages.isEmpty, pages.count <= 65535 else {
            throw FaxError(.data, "\(quoted(source)): no pages are left to take")
        }
        let infos = headers.isEmpty ? [] : try inspect(source)
        guard headers.isEmpty || pages.upperBound <= infos.count else {
            throw FaxError(.data, "\(quoted(source)) has \(infos.count) pages, there is no page \(pages.upperBound)")
        }
        let bands = try HeaderBands(headers, on: headers.isEmpty ? [] : Array(infos[pages]), beside: target)
        let output = try TIFFHandle(writing: file)
        for number in 0..<pages.upperBound {
            if number > 0, try !input.nextPage() {
                throw FaxError(.data, "\(quoted(source)) has \(number) pages, there is no page \(number + 1)")
            }
            guard pages.contains(number) else { continue }
            let index = number - pages.lowerBound
            try copyPage(from: input, to: output, index: index, of: pages.count, under: bands.band(index))
        }
        try output.finish()
        let written = headers.isEmpty ? try inspect(file.path) : try preflight(file.path)
        guard written.count == pages.count else {
            throw FaxError(.software, "\(quoted(target)): \(written.count) of \(pages.count) pages were written")
        }
        try file.publish()
        return written
    }

    private static func copyPage(
        from input: borrowing TIFFHandle, to output: borrowing TIFFHandle, index: Int, of total: Int,
        under band: HeaderBands.Band?
    ) throws(FaxError) {
        let info = input.info
        try input.requireBilevelStrips(info)
        let rowsPerStrip = callfax_tiff_long(input.tiff, UInt32(TIFFTAG_ROWSPERSTRIP), UInt32.max)
        try output.describePage(
            index: index, of: total, width: info.width, rows: info.rows,
            rowsPerStrip: band == nil ? min(Int(rowsPerStrip), info.rows) : info.rows)
        try output.set(TIFFTAG_FILLORDER, short: info.isLowestBitFirst ? FILLORDER_LSB2MSB : FILLORDER_MSB2LSB)
        if info.isMinIsBlack, band == nil { try output.set(TIFFTAG_PHOTOMETRIC, short: PHOTOMETRIC_MINISBLACK) }
        switch info.compression {
        case .g3OneDimensional, .g3TwoDimensional:
            try output.set(TIFFTAG_COMPRESSION, short: COMPRESSION_CCITTFAX3)
            let options = callfax_tiff_long(input.tiff, UInt32(TIFFTAG_GROUP3OPTIONS), 0)
            try output.set(TIFFTAG_GROUP3OPTIONS, long: options)
        case .g4: try output.set(TIFFTAG_COMPRESSION, short: COMPRESSION_CCITTFAX4)
        case .other(let number):
            throw FaxError(
                .data, "\(quoted(input.name)): page \(input.pageNumber) has compression \(number), not T.4 or T.6")
        }
        if let horizontal = info.horizontalResolution, let vertical = info.verticalResolution {
            try output.setResolution(horizontal, vertical)
        }
        if let band { try output.copyStrip(of: input, info, under: band) }
        for strip in 0..<(band == nil ? info.stripCount : 0) {
            var (bytes, isWhole) = input.codedStrip(strip)
            guard isWhole else {
                throw FaxError(.data, "\(quoted(input.name)): page \(input.pageNumber) is cut short")
            }
            let written = bytes.withUnsafeMutableBytes { buffer in
                TIFFWriteRawStrip(output.tiff, UInt32(strip), buffer.baseAddress, tmsize_t(buffer.count))
            }
            try output.check(written == bytes.count ? 1 : 0, "copy page \(input.pageNumber)")
        }
        try output.check(TIFFWriteDirectory(output.tiff), "write the directory of page \(index + 1)")
    }
}
