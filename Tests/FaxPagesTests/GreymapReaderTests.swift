import FaxModel
import Testing

@testable import FaxPages

@Suite("The renderer's output is read as it comes")
struct GreymapReaderTests {
    private static let fit = PageFit(PDFPageSize(width: 72, height: 72), RenderSettings())

    private static func greymap(_ width: Int, _ height: Int, _ grey: UInt8) -> [UInt8] {
        Array("P5\n\(width) \(height)\n255\n".utf8) + [UInt8](repeating: grey, count: width * height)
    }

    private func read(_ bytes: [UInt8], pages: Int, chunk: Int) throws -> [GreyPage] {
        var reader = GreymapReader(fit: Self.fit, pages: pages)
        var found: [GreyPage] = []
        var position = 0
        while position < bytes.count {
            let part = Array(bytes[position..<min(bytes.count, position + chunk)])
            try part.withUnsafeBytes { try reader.read($0) { page, _ in found.append(page) } }
            position += chunk
        }
        #expect(reader.pagesDone == found.count)
        return found
    }

    @Test("It doesn't matter where the buffers end", arguments: [1, 7, 203, 204, 205, 4096, 1 << 20])
    func chunks(size: Int) throws {
        let pages = try read(Self.greymap(204, 196, 10) + Self.greymap(204, 196, 200), pages: 2, chunk: size)
        #expect(pages.count == 2)
        for (page, grey) in zip(pages, [UInt8(10), 200]) {
            #expect(page.rows == 2292)
            #expect(page.pixels.count { $0 == grey } == 204 * 196)
            #expect(page.pixels[762] == grey && page.pixels[761] == 255 && page.pixels[762 + 204] == 255)
        }
    }

    @Test("Other sizes, other formats and more pages than asked for are refused")
    func refused() {
        for bytes in [
            Self.greymap(204, 19_600, 0), Self.greymap(0, 0, 0), Self.greymap(204_000, 196, 0),
            Array("P6\n204 196\n255\n".utf8),
            Array("P5\n204 196\n65535\n".utf8), Self.greymap(204, 196, 0) + Self.greymap(204, 196, 0),
            [UInt8](repeating: 0x50, count: 100), [UInt8](repeating: 0x20, count: 100),
        ] {
            #expect(throws: UnexpectedOutput.self) { try read(bytes, pages: 1, chunk: 4096) }
        }
    }

    @Test("A page that stops in the middle is not a page")
    func unfinished() throws {
        #expect(try read(Array(Self.greymap(204, 196, 0).dropLast()), pages: 1, chunk: 512).isEmpty)
    }
}
