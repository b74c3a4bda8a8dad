import FaxModel
import Foundation
import Testing

@testable import FaxPages

/// What the fuzzer begins with, and what it found: each input that once broke something stays.
@Suite("Inputs of the fuzzer")
struct SeedTests {
    private static let directory = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent("Fuzz/Seeds").path
    private static let seeds = (try? FileManager.default.contentsOfDirectory(atPath: directory).sorted()) ?? []

    @Test("A TIFF of any kind becomes a PDF or one line that says why not, and leaves nothing behind", arguments: seeds)
    func tiffs(seed: String) throws {
        let bytes = try bytes(of: Self.directory + "/" + seed)
        try withPlainScratch { scratch in
            try write(Array(bytes.dropFirst()), to: scratch + "/a.tiff")
            for coding in [FaxPDF.Options.Coding.received, .smallest, .coarse] {
                var options = FaxPDF.Options()
                options.coding = coding
                do throws(FaxError) {
                    let result = try FaxPDF.write(
                        from: scratch + "/a.tiff", to: scratch + "/a.pdf", metadata: FaxPDFTests.metadata,
                        options: options)
                    #expect(result.pages > 0)
                } catch {
                    #expect(!error.message.contains("\n"))
                    continue
                }
                try Tool.qpdf.run("--check", scratch + "/a.pdf")
            }
            #expect(Set(try names(in: scratch)).isSubset(of: ["a.tiff", "a.pdf"]))
        }
        #expect(!Self.seeds.isEmpty)
    }
}
