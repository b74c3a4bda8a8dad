import FaxModel
import Glibc

/// A text file that is to be typeset.
struct PlainText {
    let words: String

    /// Fails for what isn't UTF-8, and for more than `limit` bytes, some thousand pages.
    init(reading path: String, limit: Int = 16 << 20) throws(FaxError) {
        let descriptor = try FileSystem.openRegular(path)
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = read(descriptor, &piece, piece.count)
            guard count >= 0 else { throw FaxError(failed: "read", path, .inputOutput, errno) }
            if count == 0 { break }
            bytes += piece.prefix(count)
            guard bytes.count <= limit else {
                throw FaxError(.data, "\(quoted(path)) is a text of more than \(limit >> 20) MB; send less at a time")
            }
        }
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes.removeFirst(3) }
        guard let words = String(validating: bytes, as: UTF8.self), !bytes.contains(0) else {
            throw FaxError(.data, "\(quoted(path)) is a text, but not in UTF-8; convert it, for example with iconv")
        }
        guard words.contains(where: { !$0.isWhitespace }) else {
            throw FaxError(.data, "\(quoted(path)) has nothing in it but spaces")
        }
        self.words = words
    }

    /// Whether the first letter with a direction runs from right to left (UAX #9 P2).
    var isRightToLeft: Bool {
        let first = words.unicodeScalars.first { $0.properties.isAlphabetic }
        guard let value = first?.value else { return false }
        return (0x0590...0x08FF).contains(value) || (0xFB1D...0xFDFF).contains(value)
            || (0xFE70...0xFEFF).contains(value)
    }

    /// One letter of each block of 256 that DejaVu, which is always there, doesn't cover; the first hundred blocks.
    var rareLetters: [Unicode.Scalar] {
        var blocks: Set<UInt32> = []
        var found: [Unicode.Scalar] = []
        for scalar in words.unicodeScalars where scalar.value >= 0x0700 && !(0x1E00...0x26FF).contains(scalar.value) {
            guard found.count < 100 else { break }
            if blocks.insert(scalar.value >> 8).inserted { found.append(scalar) }
        }
        return found
    }
}
