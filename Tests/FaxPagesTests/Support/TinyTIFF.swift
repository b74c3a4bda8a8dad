@testable import FaxPages

/// A TIFF of one page put together by hand, the directory before the image, so that each tag can be made wrong.
struct TinyTIFF {
    var width: UInt32
    var rows: UInt32
    var rowsPerStrip: UInt32
    var bitsPerSample: UInt32 = 1
    var compression: UInt32 = 3
    var isMinIsBlack = false
    var isLowestBitFirst = true
    var resolution: (UInt32, UInt32)?
    var options: UInt32 = 4
    var strips: [[UInt8]]

    /// The first page of a file that has one strip a page.
    init(from path: String) throws {
        let handle = try TIFFHandle(reading: path)
        let info = handle.info
        width = UInt32(info.width)
        rows = UInt32(info.rows)
        rowsPerStrip = rows
        resolution = (204, UInt32((info.verticalResolution ?? 196).rounded()))
        if info.compression == .g3TwoDimensional { options = 5 }
        if info.compression == .g4 { compression = 4 }
        strips = [handle.codedStrip(0).bytes]
    }

    var bytes: [UInt8] {
        var entries: [(tag: UInt16, type: UInt16, values: [UInt32])] = [
            (256, 4, [width]), (257, 4, [rows]), (258, 3, [bitsPerSample]), (259, 3, [compression]),
            (262, 3, [isMinIsBlack ? 1 : 0]), (266, 3, [isLowestBitFirst ? 2 : 1]), (273, 4, strips.map { _ in 0 }),
            (277, 3, [1]), (278, 4, [rowsPerStrip]), (279, 4, strips.map { UInt32($0.count) }),
        ]
        if let resolution { entries += [(282, 5, [resolution.0, 1]), (283, 5, [resolution.1, 1])] }
        if compression == 3 { entries.append((292, 4, [options])) }
        if resolution != nil { entries.append((296, 3, [2])) }
        let directoryEnd = 8 + 2 + 12 * entries.count + 4
        // Values of more than four bytes lie behind the directory, the strips behind those.
        let outside = entries.reduce(0) { $0 + ($1.values.count > 1 ? 4 * $1.values.count : 0) }
        var place = UInt32(directoryEnd + outside)
        let offsets = strips.map { strip in
            defer { place += UInt32(strip.count) }
            return place
        }
        var out: [UInt8] = [0x49, 0x49, 42, 0] + long(8) + short(UInt16(entries.count))
        var values: [UInt8] = []
        for entry in entries {
            let list = entry.tag == 273 ? offsets : entry.values
            let count = entry.type == 5 ? list.count / 2 : list.count
            out += short(entry.tag) + short(entry.type) + long(UInt32(count))
            if list.count > 1 {
                out += long(UInt32(directoryEnd + values.count))
                values += list.flatMap(long)
            } else {
                out += long(list[0])
            }
        }
        return out + long(0) + values + strips.flatMap { $0 }
    }

    private func short(_ value: UInt16) -> [UInt8] { [UInt8(value & 0xFF), UInt8(value >> 8)] }
    private func long(_ value: UInt32) -> [UInt8] { (0..<4).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) } }
}
