import FaxModel

extension PageBits {
    /// Nothing is on the page that anyone would miss: less black than the dot of a sentence.
    var isBlank: Bool { bytes.reduce(0) { $0 + $1.nonzeroBitCount } < 30 }

    /// Large black areas keep an edge of 2 mm and become lines inside it, one of four as before: a quarter of the toner.
    ///
    /// Whatever is less than 4 mm high or wide stays as it is, so that bold letters and frames do.
    func thinned(at resolution: Resolution) -> PageBits {
        let (across, down) = (16, resolution.linesPerInch * 2 / 25)
        var page = self
        let length = bytesPerRow
        // For each byte column, how many rows above and below are black without a gap: whole bytes are exact enough here.
        let words = across / 8
        var above = [Int32](repeating: 0, count: length)
        var solid = [Bool](repeating: false, count: rows * length)
        for y in 0..<rows {
            for byte in 0..<length {
                above[byte] = bytes[y * length + byte] == 0xFF ? above[byte] + 1 : 0
                if above[byte] > Int32(2 * down) { solid[(y - down) * length + byte] = true }
            }
        }
        for y in 0..<rows where y % 4 != 0 {
            for byte in words..<max(words, length - words) {
                let start = y * length + byte
                guard solid[start], (byte - words...byte + words).allSatisfy({ solid[y * length + $0] }) else {
                    continue
                }
                page.bytes[start] = 0
            }
        }
        return page
    }
}
