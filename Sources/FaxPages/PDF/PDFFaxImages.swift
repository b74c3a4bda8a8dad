import CTIFF
package import FaxModel

/// The fax pages in a PDF, as a fax server put them there: the data of its CCITT images, taken out and not drawn.
///
/// Only what a comparison needs of a PDF is understood: image streams with CCITTFaxDecode as their only filter, one for
/// each page, in the order of the file. Nothing in the file is trusted.
package enum PDFFaxImages {
    struct Image {
        var width: Int
        var rows: Int
        /// /K: below 0 T.6, 0 T.4 one-dimensional, above 0 two-dimensional.
        var kind: Int
        var isInverted: Bool
        var data: ArraySlice<UInt8>
    }

    /// Writes them as a TIFF; returns how many there are. Fails when there are none, as in a PDF that was drawn anew.
    package static func write(
        from pdf: [UInt8], to path: String, resolution: Resolution
    ) throws(FaxError) -> Int {
        let images = found(in: pdf)
        guard !images.isEmpty else {
            throw FaxError(.data, "there are no fax pages in the PDF: it was drawn anew, or is none")
        }
        let file = try TemporaryFile(for: path)
        let writer = try TIFFHandle(writing: file)
        for (index, image) in images.enumerated() {
            try writer.describePage(
                index: index, of: images.count, width: image.width, rows: image.rows, rowsPerStrip: image.rows)
            try writer.set(TIFFTAG_FILLORDER, short: FILLORDER_MSB2LSB)
            if image.isInverted { try writer.set(TIFFTAG_PHOTOMETRIC, short: PHOTOMETRIC_MINISBLACK) }
            try writer.set(TIFFTAG_COMPRESSION, short: image.kind < 0 ? COMPRESSION_CCITTFAX4 : COMPRESSION_CCITTFAX3)
            if image.kind >= 0 {
                try writer.set(TIFFTAG_GROUP3OPTIONS, long: image.kind > 0 ? UInt32(GROUP3OPT_2DENCODING) : 0)
            }
            try writer.setResolution(Double(Resolution.pixelsPerInch), Double(resolution.linesPerInch))
            // An empty strip is none; a zero byte decodes to nothing in every coding.
            var bytes = image.data.isEmpty ? [0] : Array(image.data)
            let written = bytes.withUnsafeMutableBytes { buffer in
                TIFFWriteRawStrip(writer.tiff, 0, buffer.baseAddress, tmsize_t(buffer.count))
            }
            try writer.check(written == bytes.count ? 1 : 0, "write page \(index + 1)")
            try writer.check(TIFFWriteDirectory(writer.tiff), "write the directory of page \(index + 1)")
        }
        try writer.finish()
        try file.publish()
        return images.count
    }

    static func found(in pdf: [UInt8]) -> [Image] {
        var images: [Image] = []
        var place = 0
        while images.count < 1000, let start = search("stream", in: pdf, from: place) {
            place = start + 6
            // The end of the stream before.
            if start >= 3, pdf[start - 3..<start].elementsEqual("end".utf8) { continue }
            var data = start + 6
            if data < pdf.count, pdf[data] == 13 { data += 1 }
            if data < pdf.count, pdf[data] == 10 { data += 1 }
            let words = PDFWords(before: start, in: pdf)
            guard let length = words.number("/Length"), length >= 0, length <= pdf.count - data else { continue }
            place = data + length
            guard let image = image(words, pdf[data..<data + length]) else { continue }
            images.append(image)
        }
        return images
    }

    private static func image(_ words: PDFWords, _ data: ArraySlice<UInt8>) -> Image? {
        let filters = words.list.filter { $0.hasSuffix("Decode") && $0 != "/Decode" }
        guard words.list.contains("/Image"), filters == ["/CCITTFaxDecode"],
            let width = words.number("/Columns") ?? words.number("/Width"),
            let rows = words.number("/Rows") ?? words.number("/Height"), (1...20_000).contains(width),
            (1...100_000).contains(rows)
        else { return nil }
        let isBlackOne = words.value("/BlackIs1") == "true"
        let isTurned = words.value("/Decode") == "1"
        return Image(
            width: width, rows: rows, kind: words.number("/K") ?? 0, isInverted: isBlackOne != isTurned, data: data)
    }

    static func search(_ word: String, in bytes: [UInt8], from start: Int) -> Int? {
        let wanted = Array(word.utf8)
        guard bytes.count >= wanted.count else { return nil }
        var index = start
        while index <= bytes.count - wanted.count {
            if bytes[index] == wanted[0], bytes[index..<index + wanted.count].elementsEqual(wanted) { return index }
            index += 1
        }
        return nil
    }
}

/// The words of a stream's dictionary.
private struct PDFWords {
    let list: [String]

    /// From the last "obj" before `end`, at most 4,000 bytes.
    init(before end: Int, in pdf: [UInt8]) {
        let text = String(decoding: pdf[max(0, end - 4000)..<end], as: UTF8.self)
        let dictionary = text.endOfLast("obj").map { text[$0...] } ?? text[...]
        var words: [String] = []
        var word = ""
        func finish() {
            if !word.isEmpty { words.append(word) }
            word = ""
        }
        for character in dictionary {
            switch character {
            case " ", "\n", "\r", "\r\n", "\t", "<", ">", "[", "]", "(", ")": finish()
            case "/":
                finish()
                word = "/"
            default: word.append(character)
            }
        }
        finish()
        list = words
    }

    func value(_ key: String) -> String? {
        guard let index = list.firstIndex(of: key), index + 1 < list.count else { return nil }
        return list[index + 1]
    }

    /// nil also for what stands in another object ("17 0 R").
    func number(_ key: String) -> Int? {
        guard let index = list.firstIndex(of: key), index + 1 < list.count, let number = Int(list[index + 1]) else {
            return nil
        }
        return index + 3 < list.count && list[index + 3] == "R" ? nil : number
    }
}

extension String {
    /// Where the last `word` ends.
    fileprivate func endOfLast(_ word: String) -> String.Index? {
        var found: String.Index?
        var rest = self[...]
        while let range = rest.firstRange(of: word) {
            found = range.upperBound
            rest = rest[range.upperBound...]
        }
        return found
    }
}
