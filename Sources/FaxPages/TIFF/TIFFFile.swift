package import FaxModel

/// Reading finished TIFF files: what is in them, and whether every pixel of it can be had.
package enum TIFFFile {
    /// What the directories say, page by page, without decoding anything.
    ///
    /// Fails when the file is no TIFF, or when a directory after the first can't be read.
    package static func inspect(_ path: String) throws(FaxError) -> [PageInfo] {
        let handle = try TIFFHandle(reading: path)
        var pages = [handle.info]
        while try handle.nextPage() {
            guard pages.count < maxPages else { throw FaxError(.data, "\(quoted(path)) has over \(maxPages) pages") }
            pages.append(handle.info)
        }
        return pages
    }

    /// Decodes every page as Asterisk will, and refuses what spandsp would refuse after the far end has answered, or
    /// would send as a blank page with success on both sides: tiles, a wrong width, resolution or depth, and image data
    /// that is damaged or cut short.
    package static func preflight(_ path: String) throws(FaxError) -> [PageInfo] {
        let handle = try TIFFHandle(reading: path)
        var pages: [PageInfo] = []
        repeat {
            guard pages.count < maxPages else { throw FaxError(.data, "\(quoted(path)) has over \(maxPages) pages") }
            pages.append(try decoded(handle).info)
        } while try handle.nextPage()
        return pages
    }

    /// The pixels of one page, counted from 0, and what was wrong with its coded data.
    package static func decode(_ path: String, page: Int) throws(FaxError) -> (bits: PageBits, complaint: String?) {
        let handle = try TIFFHandle(reading: path)
        for number in 0..<page {
            guard try handle.nextPage() else {
                throw FaxError(.data, "\(quoted(path)) has \(number + 1) pages, there is no page \(page + 1)")
            }
        }
        return try handle.decodePage()
    }

    /// The current page, which must be one that can be sent.
    static func decoded(_ handle: borrowing TIFFHandle) throws(FaxError) -> (info: PageInfo, bits: PageBits) {
        let info = try sendable(handle)
        let (bits, complaint) = try handle.decodePage()
        if let complaint {
            throw FaxError(.data, "\(quoted(handle.name)): page \(handle.pageNumber) is damaged: \(complaint)")
        }
        return (info, bits)
    }

    /// What the current page is, which must be one that can be sent, whatever its data.
    static func sendable(_ handle: borrowing TIFFHandle) throws(FaxError) -> PageInfo {
        let info = handle.info
        let at = "\(quoted(handle.name)): page \(handle.pageNumber)"
        try handle.requireBilevelStrips(info)
        guard info.width == Resolution.pixelsPerLine else {
            throw FaxError(.data, "\(at) is \(info.width) pixels wide; a fax line has \(Resolution.pixelsPerLine)")
        }
        guard info.resolution != nil else {
            throw FaxError(
                .data,
                "\(at) has \(number(info.horizontalResolution)) x \(number(info.verticalResolution)) pixels an inch; "
                    + "a fax has 204 x 98, 196 or 391")
        }
        return info
    }

    private static func number(_ value: Double?) -> String {
        guard let value else { return "unknown" }
        return value == value.rounded() && value < 1e9 ? String(Int(value)) : String(value)
    }

    private static let maxPages = 65535
}
