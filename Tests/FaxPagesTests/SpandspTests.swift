import FaxModel
import Foundation
import Testing

@testable import FaxPages

/// What Asterisk's fax engine makes of our pages, by the functions that it calls itself (spandsp/t4_tx.h, t4_rx.h).
@Suite("spandsp reads our pages as they were meant")
struct SpandspTests {
    private static let codings: [FaxTIFFWriter.Coding] = [.g3OneDimensional, .g3TwoDimensional, .g4]

    /// spandsp's number of a coding (t4_rx.h).
    private static func number(_ coding: FaxTIFFWriter.Coding) -> String {
        switch coding {
        case .g3OneDimensional: "1"
        case .g3TwoDimensional: "2"
        case .g4: "3"
        }
    }

    /// Decodes bits as they come from a line into a TIFF, or sends a TIFF's first page in a coding and does the same.
    private static let script = """
        import ctypes, sys
        lib = ctypes.CDLL("libspandsp.so.2")
        for name in ("t4_rx_init", "t4_tx_init"): getattr(lib, name).restype = ctypes.c_void_p
        what, source, coding, target = sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4]
        if what == "bits":
            data = open(source, "rb").read()
        else:
            tx = ctypes.c_void_p(lib.t4_tx_init(None, source.encode(), -1, -1))
            assert tx.value, "t4_tx_init"
            lib.t4_tx_set_tx_encoding(tx, coding)
            assert lib.t4_tx_start_page(tx) == 0, "t4_tx_start_page"
            piece, data = ctypes.create_string_buffer(1 << 16), b""
            while True:
                count = lib.t4_tx_get_chunk(tx, piece, len(piece))
                data += piece.raw[:count]
                if count < len(piece): break
            lib.t4_tx_free(tx)
        rx = ctypes.c_void_p(lib.t4_rx_init(None, target.encode(), 1))
        assert rx.value, "t4_rx_init"
        lib.t4_rx_set_rx_encoding(rx, coding)
        lib.t4_rx_set_image_width(rx, 1728)
        lib.t4_rx_set_x_resolution(rx, 8031)
        lib.t4_rx_set_y_resolution(rx, 7700)
        lib.t4_rx_start_page(rx)
        lib.t4_rx_put_chunk(rx, data, len(data))
        lib.t4_rx_end_page(rx)
        lib.t4_rx_free(rx)
        """

    private static func decode(_ what: String, _ source: String, _ coding: FaxTIFFWriter.Coding, _ scratch: String)
        throws
        -> PageBits
    {
        try write(Array(script.utf8), to: scratch + "/decode.py")
        try Tool.python3.run(scratch + "/decode.py", what, source, number(coding), scratch + "/decoded.tiff")
        return try TIFFFile.decode(scratch + "/decoded.tiff", page: 0).bits
    }

    /// What ends a T.4 page on the line (T.4 §4.1.4, §4.2.5: six EOL, each with a tag bit where lines are two-dimensional);
    /// the first bit in the lowest place.
    private static func returnToControl(_ coding: FaxTIFFWriter.Coding) -> [UInt8] {
        if coding == .g4 { return [] }
        let line = String(repeating: "0", count: 11) + (coding == .g3TwoDimensional ? "11" : "1")
        let bits = Array(String(repeating: line, count: 6).utf8)
        return stride(from: 0, to: bits.count, by: 8).map { start in
            bits[start..<min(bits.count, start + 8)].reversed().reduce(0) { $0 << 1 | ($1 & 1) }
        }
    }

    private static func page() -> PageBits { PageCoderTests.page() }

    @Test("It decodes the bits of every coding to the pixels that were coded", arguments: codings)
    func bits(coding: FaxTIFFWriter.Coding) async throws {
        try await withScratch { scratch in
            let page = Self.page()
            try write(PageCoder(coding, .fine).code(page) + Self.returnToControl(coding), to: scratch + "/bits")
            #expect(try Self.decode("bits", scratch + "/bits", coding, scratch) == page)
        }
    }

    @Test(
        "A TIFF of every coding and both bit orders is sent as it was meant, in every coding", arguments: codings,
        ["lsb2msb", "msb2lsb"])
    func files(coding: FaxTIFFWriter.Coding, order: String) async throws {
        try await withScratch { scratch in
            let page = Self.page()
            var writer = try FaxTIFFWriter(path: scratch + "/a.tiff", totalPages: 1)
            try writer.add(page, .fine, coding)
            _ = try writer.finish()
            try Tool.tiffcp.run("-f", order, scratch + "/a.tiff", scratch + "/b.tiff")
            for sent in Self.codings {
                #expect(try Self.decode("tiff", scratch + "/b.tiff", sent, scratch) == page)
            }
        }
    }
}
