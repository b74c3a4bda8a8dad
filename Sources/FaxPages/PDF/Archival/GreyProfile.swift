/// An ICC profile of one grey channel with gamma 2.2 (ICC.1:2001-04, version 2): what PDF/A asks for as output intent
/// where pages are black and white.
enum GreyProfile {
    static let bytes: [UInt8] = {
        // desc: ASCII text, then an empty Unicode and an empty ScriptCode text (ICC.1 §6.5.17).
        let name = Array("Grey, gamma 2.2".utf8) + [0]
        let description =
            Array("desc".utf8) + long(0) + long(UInt32(name.count)) + name
            + [UInt8](repeating: 0, count: 4 + 4 + 2 + 1 + 67)
        let copyright = Array("text".utf8) + long(0) + Array("No rights reserved".utf8) + [0]
        // The D50 white point, and 2.2 as u8Fixed8Number.
        let white = Array("XYZ ".utf8) + long(0) + long(0x0000_F6D6) + long(0x0001_0000) + long(0x0000_D32D)
        let curve = Array("curv".utf8) + long(0) + long(1) + [0x02, 0x33]
        let tags = [("desc", description), ("cprt", copyright), ("wtpt", white), ("kTRC", curve)]
        var table = long(UInt32(tags.count))
        var data: [UInt8] = []
        let start = 128 + 4 + 12 * tags.count
        for (signature, content) in tags {
            table += Array(signature.utf8) + long(UInt32(start + data.count)) + long(UInt32(content.count))
            data += content + [UInt8](repeating: 0, count: (4 - content.count % 4) % 4)
        }
        var header = long(UInt32(start + data.count)) + long(0) + long(0x0210_0000)
        header += Array("mntrGRAYXYZ ".utf8)
        // 2020-01-01, as no profile of ours ever differs.
        header += [0x07, 0xE4, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0] + Array("acsp".utf8)
        header += [UInt8](repeating: 0, count: 28)
        header += long(0x0000_F6D6) + long(0x0001_0000) + long(0x0000_D32D)
        header += [UInt8](repeating: 0, count: 128 - header.count)
        return header + table + data
    }()

    /// For a stream with FlateDecode.
    static let compressed = Deflate.zlib(bytes)

    private static func long(_ value: UInt32) -> [UInt8] {
        [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> $0) }
    }
}
