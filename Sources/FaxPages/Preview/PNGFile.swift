import FaxModel

/// A PNG of one bit a pixel, written row by row.
struct PNGFile: ~Copyable {
    private var output: OutputFile
    private var encoder: PNGEncoder

    init(_ file: borrowing TemporaryFile, width: Int, height: Int, pixelsPerInch: Int) throws(FaxError) {
        output = try OutputFile(file)
        encoder = PNGEncoder(width: width, height: height, pixelsPerInch: pixelsPerInch)
    }

    /// Adds a row in which a 1 is black.
    mutating func add(row: ArraySlice<UInt8>) throws(FaxError) {
        encoder.add(row: row)
        try output.write(encoder.take())
    }

    /// Writes what is left.
    consuming func finish() throws(FaxError) {
        encoder.finish()
        try output.write(encoder.take())
        try output.finish()
    }
}
