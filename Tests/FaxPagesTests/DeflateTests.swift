import Foundation
import Testing

@testable import FaxPages

@Suite("Bytes are compressed as every zlib reads them")
struct DeflateTests {
    /// Lengths around the ends of blocks, and contents from none to all of the symbols.
    private static let samples: [[UInt8]] = {
        var samples: [[UInt8]] = [[], [7], [0, 0], Array("abcabcabcabcab".utf8)]
        for count in [3, 257, 258, 259, 32_767, 32_768, 32_769, 70_000] {
            samples.append([UInt8](repeating: 255, count: count))
            samples.append((0..<count).map { UInt8(truncatingIfNeeded: $0 * $0 >> 3) })
            samples.append((0..<count).map { _ in UInt8.random(in: 0...255) })
            // Few values, so often each that Huffman's own tree would be deeper than deflate allows.
            samples.append((0..<count).map { UInt8(truncatingIfNeeded: $0.trailingZeroBitCount) })
        }
        return samples
    }()

    @Test("Python's zlib makes the same bytes of it", arguments: samples.indices)
    func decoded(_ index: Int) throws {
        try withPlainScratch { scratch in
            let sample = Self.samples[index]
            try write(Deflate.zlib(sample), to: scratch + "/a.z")
            // Throws where the check sum is another, and where anything follows the end.
            let program = """
                import sys, zlib
                d = zlib.decompressobj()
                out = d.decompress(open(sys.argv[1], 'rb').read())
                assert d.eof and not d.unused_data
                sys.stdout.buffer.write(out)
                """
            #expect(Array(try Tool.python3.run("-c", program, scratch + "/a.z")) == sample)
        }
    }

    @Test("Words that come again cost little")
    func words() {
        let text = Array(String(repeating: "<rdf:li xml:lang=\"x-default\">", count: 40).utf8)
        #expect(Deflate.zlib(text).count < 80)
    }
}
