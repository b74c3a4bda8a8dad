package import FaxModel

/// What came out at the far end, pixel by pixel beside what was sent.
package struct PageComparison: Hashable, Sendable, Codable {
    /// How many of a received page's topmost rows are a header line, which the sent document doesn't have.
    package enum HeaderRows: Hashable, Sendable {
        /// None, or 16, 32 or 64 by the page's resolution: whichever fits better.
        case automatic
        case exactly(Int)
        /// Our own line, drawn over as many rows of the sent page, which are not compared; a page without one differs.
        case drawn
    }

    /// One page that is in both files.
    package struct Page: Hashable, Sendable, Codable {
        /// Counted from 1.
        package var number: Int
        package var rowsSent: Int
        package var rowsReceived: Int
        package var headerRows: Int
        /// The sent page's topmost rows that are under the header.
        package var coveredRows = 0
        /// Pixels that differ below the header rows; each row that only one side has counts whole.
        package var differingPixels: Int
        /// Rows that were changed, left out or put in between: one lost line moves up all that follow, and is one.
        package var differingRows: Int

        package var isIdentical: Bool { differingPixels == 0 && rowsReceived - headerRows == rowsSent - coveredRows }
    }

    package var pagesSent: Int
    package var pagesReceived: Int
    package var pages: [Page]

    /// Pages without one differing pixel.
    package var identical: Int { pages.count { $0.isIdentical } }

    /// Every page sent was received, none besides, and all are identical.
    package var isIdentical: Bool { pagesSent == pagesReceived && identical == pagesSent }

    /// Compares two TIFFs of any fax coding, fill order and polarity.
    ///
    /// Received pages may be damaged: what can't be decoded counts as white. Fails when a file is no TIFF of fax pages.
    package static func compare(
        sent sentPath: String, received receivedPath: String, headerRows: HeaderRows = .automatic
    ) throws(FaxError) -> PageComparison {
        let sent = try TIFFHandle(reading: sentPath)
        let received = try TIFFHandle(reading: receivedPath)
        var result = PageComparison(pagesSent: 1, pagesReceived: 1, pages: [])
        while true {
            let ours = try sent.decodePage().bits
            let theirs = try received.decodePage().bits
            let number = result.pages.count + 1
            let resolution = received.info.resolution ?? .fine
            let best =
                switch headerRows {
                case .exactly(let count): page(number, ours, theirs, header: count)
                case .automatic:
                    [0, resolution.headerRows].map { page(number, ours, theirs, header: $0) }
                        .min { $0.differingPixels < $1.differingPixels }
                case .drawn: page(number, ours, theirs, drawn: PageHeader.rows(at: resolution))
                }
            if let best { result.pages.append(best) }
            let moreSent = try sent.nextPage()
            let moreReceived = try received.nextPage()
            if moreSent { result.pagesSent += 1 }
            if moreReceived { result.pagesReceived += 1 }
            guard moreSent, moreReceived else { break }
        }
        while try sent.nextPage() { result.pagesSent += 1 }
        while try received.nextPage() { result.pagesReceived += 1 }
        return result
    }

    private static func page(_ number: Int, _ sent: PageBits, _ received: PageBits, header: Int) -> Page {
        Page(
            number: number, rowsSent: sent.rows, rowsReceived: received.rows, headerRows: min(header, received.rows),
            differingPixels: difference(sent, received, below: header),
            differingRows: rows(sent, received, below: header))
    }

    private static func page(_ number: Int, _ sent: PageBits, _ received: PageBits, drawn: Int) -> Page {
        let covered = min(drawn, sent.rows)
        let band = received.bytes.prefix(drawn * received.bytesPerRow)
        let missing = band.allSatisfy { $0 == 0 } ? covered * sent.width : 0
        let body = PageBits(
            width: sent.width, rows: sent.rows - covered, bytes: Array(sent.bytes.dropFirst(covered * sent.bytesPerRow))
        )
        return Page(
            number: number, rowsSent: sent.rows, rowsReceived: received.rows, headerRows: min(drawn, received.rows),
            coveredRows: covered, differingPixels: difference(body, received, below: drawn) + missing,
            differingRows: rows(body, received, below: drawn) + (missing > 0 ? covered : 0))
    }

    private static func rows(_ sent: PageBits, _ received: PageBits, below header: Int) -> Int {
        let body = max(received.rows - header, 0)
        guard sent.width == received.width else { return max(sent.rows, body) }
        let ours = (0..<sent.rows).map { sent.row($0).hashValue }
        let theirs = (0..<body).map { received.row(header + $0).hashValue }
        if ours == theirs { return 0 }
        guard max(ours.count, theirs.count) <= alignedRows else {
            return abs(ours.count - theirs.count) + zip(ours, theirs).count { $0 != $1 }
        }
        let changes = theirs.difference(from: ours)
        return max(changes.removals.count, changes.insertions.count)
    }

    /// Rows of a page that are laid beside the other's in the way that fits best; the work grows with their square.
    private static let alignedRows = 5000

    private static func difference(_ sent: PageBits, _ received: PageBits, below header: Int) -> Int {
        let width = max(sent.width, received.width)
        let body = max(received.rows - header, 0)
        let common = min(sent.rows, body)
        let missing = (max(sent.rows, body) - common) * width
        guard sent.width == received.width else { return missing + common * width }
        let bytesPerRow = sent.bytesPerRow
        var count = 0
        sent.bytes.withUnsafeBytes { ours in
            received.bytes.withUnsafeBytes { theirs in
                let total = common * bytesPerRow
                let start = header * bytesPerRow
                var index = 0
                while index + 8 <= total {
                    let a = ours.loadUnaligned(fromByteOffset: index, as: UInt64.self)
                    let b = theirs.loadUnaligned(fromByteOffset: start + index, as: UInt64.self)
                    count += (a ^ b).nonzeroBitCount
                    index += 8
                }
                while index < total {
                    count += (ours[index] ^ theirs[start + index]).nonzeroBitCount
                    index += 1
                }
            }
        }
        return count + missing
    }
}
