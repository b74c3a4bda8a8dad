import FaxModel

/// A TIFF that is a fax already.
enum FaxTIFF {
    /// Its pages, where each fits a fax at these settings as it is: as wide as a fax line, and with as many lines an inch
    /// or a half or a quarter of them. Nil for any other TIFF, and for what isn't one.
    static func pages(_ path: String, for settings: RenderSettings) -> [PageInfo]? {
        guard let pages = try? TIFFFile.inspect(path) else { return nil }
        let fit = pages.allSatisfy { page in
            guard page.width == Resolution.pixelsPerLine, (1...20_000).contains(page.rows), !page.isTiled,
                page.bitsPerSample == 1, page.samplesPerPixel == 1, page.isFaxCoded, let resolution = page.resolution
            else { return false }
            return resolution.linesPerInch <= settings.resolution.linesPerInch
        }
        return fit ? pages : nil
    }
}

extension PageInfo {
    fileprivate var isFaxCoded: Bool {
        switch compression {
        case .g3OneDimensional, .g3TwoDimensional, .g4: true
        case .other: false
        }
    }
}

extension TIFFFile {
    /// Decodes pages in their order, all or some of them, counted from 0; `complaint` is what was wrong with a page's data.
    static func forEachPage(
        _ path: String, _ range: Range<Int>? = nil,
        _ body: (_ number: Int, _ info: PageInfo, _ bits: PageBits, _ complaint: String?) throws -> Void
    ) throws {
        let handle = try TIFFHandle(reading: path)
        var number = 0
        repeat {
            if range?.contains(number) ?? true {
                let info = handle.info
                let (bits, complaint) = try handle.decodePage()
                try body(number, info, bits, complaint)
            }
            number += 1
            if number == range?.upperBound { return }
        } while try handle.nextPage()
        if range == nil { return }
        throw FaxError(.data, "\(quoted(path)) changed while it was read")
    }
}
