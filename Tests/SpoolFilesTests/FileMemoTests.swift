import FaxModel
import Foundation
import Testing

@testable import SpoolFiles

@Suite("What a pass remembers of files") struct FileMemoTests {
    @Test("a file is read again when it has changed or was replaced, and while it might be changing")
    func changes() throws {
        let directory = NSTemporaryDirectory() + "callfax-memo-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let path = directory + "/file"
        let memo = FileMemo<String>()
        var reads = 0
        func look() throws -> String {
            try memo.value(of: path) {
                reads += 1
                return try FileManager.default.fileExists(atPath: path)
                    ? String(contentsOfFile: path, encoding: .utf8) : "none"
            }
        }
        /// Until the kernel's clock for files would show the next change.
        func settle() {
            while FileStamp(of: path)?.isSettled == false { usleep(20_000) }
        }
        #expect(try look() == "none")
        #expect(try look() == "none")
        #expect(reads == 2, "a file that isn't there is looked for each time")
        try Data("one".utf8).write(to: URL(fileURLWithPath: path))
        // Asterisk sets a call file's time into the future.
        try FileManager.default.setAttributes([.modificationDate: Date() + 300], ofItemAtPath: path)
        _ = try (look(), look())
        #expect(reads == 4, "a file that has just changed is read each time")
        settle()
        for _ in 0..<3 { #expect(try look() == "one") }
        #expect(reads == 5)
        // In place, of the same size.
        let file = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
        try file.write(contentsOf: Data("two".utf8))
        try file.close()
        #expect(try look() == "two")
        settle()
        _ = try (look(), look())
        try Data("six".utf8).write(to: URL(fileURLWithPath: path), options: .atomic)
        #expect(try look() == "six")
        try FileManager.default.removeItem(atPath: path)
        #expect(try look() == "none")
    }

    @Test("a file that could not be read is read again, though nothing about it changes")
    func failures() throws {
        let spool = try TemporarySpool()
        let records = SpoolRecords(spool.layout)
        // A directory can't be read as a file; the names of others come and go without a word.
        for name in ["1.1", ".2.2.json"] {
            try FileManager.default.createDirectory(
                atPath: spool.layout.received + "/" + name, withIntermediateDirectories: false)
        }
        let memo = FileMemo<RecordListing<ReceiptReport>>()
        var reads = 0
        func look() throws -> [RecordListing<ReceiptReport>] {
            try memo.listings(in: spool.layout.received) { name in
                reads += 1
                return try records.receivedReports(named: [name])
            }
        }
        while FileStamp(of: spool.layout.received + "/.2.2.json")?.isSettled == false { usleep(20_000) }
        for _ in 0..<2 { #expect(try look().map(\.problems.count) == [1, 1]) }
        #expect(reads == 4)
    }
}
