import FaxModel

/// A PDF 1.7 file written from front to back: one object at a time, of which only the places are remembered.
struct PDFFile: ~Copyable {
    /// The number of an object, for references to it.
    struct Reference: Hashable, CustomStringConvertible {
        let number: Int
        var description: String { "\(number) 0 R" }
    }

    private var output: OutputFile
    private var offsets: [Int] = []

    init(_ file: borrowing TemporaryFile) throws(FaxError) {
        var output = try OutputFile(file)
        // The second line tells a mail program that the file is binary (ISO 32000-1 §7.5.2).
        try output.write("%PDF-1.7\n%".utf8)
        try output.write([0xE2, 0xE3, 0xCF, 0xD3, 0x0A])
        self.output = output
    }

    /// A number for an object that comes later.
    mutating func reserve() -> Reference {
        offsets.append(0)
        return Reference(number: offsets.count)
    }

    /// Bytes so far.
    var size: Int { output.offset }

    /// Writes an object.
    mutating func add(_ reference: Reference, _ body: String) throws(FaxError) {
        offsets[reference.number - 1] = output.offset
        try output.write("\(reference.number) 0 obj\n\(body)\nendobj\n")
    }

    /// Writes a stream; `dictionary` is what it says besides its length.
    mutating func add(_ reference: Reference, _ dictionary: String, stream: [UInt8]) throws(FaxError) {
        offsets[reference.number - 1] = output.offset
        try output.write("\(reference.number) 0 obj\n<< \(dictionary) /Length \(stream.count) >>\nstream\n")
        try output.write(stream)
        try output.write("\nendstream\nendobj\n")
    }

    /// Writes a stream that nobody compressed yet, compressed where that is smaller.
    mutating func add(_ reference: Reference, _ dictionary: String, text: [UInt8]) throws(FaxError) {
        let filter = " /Filter /FlateDecode"
        let compressed = Deflate.zlib(text)
        if compressed.count + filter.utf8.count < text.count {
            try add(reference, dictionary + filter, stream: compressed)
        } else {
            try add(reference, dictionary, stream: text)
        }
    }

    /// Writes the table of all objects and the trailer. `id` is 32 hexadecimal digits that differ for different files.
    consuming func finish(root: Reference, info: Reference, id: String) throws(FaxError) {
        let start = output.offset
        try output.write("xref\n0 \(offsets.count + 1)\n0000000000 65535 f \n")
        for offset in offsets {
            let digits = String(offset)
            try output.write(String(repeating: "0", count: max(0, 10 - digits.count)) + digits + " 00000 n \n")
        }
        try output.write(
            "trailer\n<< /Size \(offsets.count + 1) /Root \(root) /Info \(info) /ID [<\(id)> <\(id)>] >>\n"
                + "startxref\n\(start)\n%%EOF\n")
        try output.finish()
    }
}
