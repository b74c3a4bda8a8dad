import FaxModel
import Foundation
import Testing

@testable import FaxPages

@Suite("Damaged and hostile documents do no harm")
struct HostileDocumentTests {
    private static let isLong = ProcessInfo.processInfo.environment["CALLFAX_LONG_PROOFS"] != nil

    @Test("Each is drawn or refused by one clear line, within its limits, and nothing is left or made outside")
    func corpus() async throws {
        try await withScratch { scratch in
            let forbidden = NSTemporaryDirectory() + "callfax-forbidden-" + UUID().uuidString
            let all = try HostileDocuments.all(forbidden: forbidden)
            #expect(all.count >= 300)
            let chosen = Self.isLong ? all : all.enumerated().filter { $0.offset % 7 == 0 }.map(\.element)
            let (drawn, refused) = try await withThrowingTaskGroup(of: Bool.self) { group in
                var (next, drawn, refused) = (0, 0, 0)
                func begin() {
                    guard next < chosen.count else { return }
                    let (index, document) = (next, chosen[next])
                    next += 1
                    group.addTask { try await Self.isDrawn(document, in: "\(scratch)/\(index)") }
                }
                for _ in 0..<2 { begin() }
                while let wasDrawn = try await group.next() {
                    if wasDrawn { drawn += 1 } else { refused += 1 }
                    begin()
                }
                return (drawn, refused)
            }
            print("hostile documents: \(chosen.count) of \(all.count) tried, \(drawn) drawn, \(refused) refused")
            #expect(drawn > 0 && refused > 0)
            #expect(!FileManager.default.fileExists(atPath: forbidden))
        }
    }

    private static func isDrawn(_ document: HostileDocuments.Document, in place: String) async throws -> Bool {
        try FileManager.default.createDirectory(atPath: place + "/work", withIntermediateDirectories: true)
        try write(document.bytes, to: place + "/a")
        let renderer = PageRenderer(
            limits: RendererLimits(cpuSeconds: 5, addressSpace: 1 << 30), workplace: place + "/work")
        let settings = RenderSettings(resolution: .standard, maxPages: 20, deadline: .seconds(10))
        let start = ContinuousClock.now
        var line: String?
        do {
            let pages = try await renderer.render(documents: [place + "/a"], settings: settings, to: place + "/a.tiff")
            #expect(try TIFFFile.preflight(place + "/a.tiff") == pages)
        } catch let error as FaxError {
            line = error.message
            #expect(
                !error.message.contains("\n") && error.message.utf8.count < 700, "\(document.name): \(error.message)")
            #expect(error.message.contains("/a\""), "\(document.name): \(error.message)")
            #expect(error.code == .data || error.code == .unavailable, "\(document.name): \(error.message)")
        }
        // Twice the deadline: a program that is told to end may take its time on a busy machine, but not for ever.
        #expect(ContinuousClock.now - start < .seconds(40), "\(document.name)")
        #expect(
            try names(in: place).sorted() == (line == nil ? ["a", "a.tiff", "work"] : ["a", "work"]), "\(document.name)"
        )
        #expect(try names(in: place + "/work") == [], "\(document.name)")
        return line == nil
    }

    @Test("What draws a document sees no other file, writes none but in its own directory, and has no network")
    func walls() async throws {
        #expect(Sandbox.isAvailable, "\(Sandbox.advice)")
        try await withScratch { scratch in
            let bin = scratch + "/bin"
            try FileManager.default.createDirectory(atPath: bin, withIntermediateDirectories: false)
            try write(Array("secret".utf8), to: scratch + "/other")
            // What it finds open is what it says.
            let script = """
                #!/bin/bash
                [ -e \(scratch)/other ] && echo OPEN other >&2
                [ -e \(scratch)/document ] && echo OPEN the document by its path >&2
                [ -e /etc/passwd ] && echo OPEN /etc >&2
                [ -e /root ] && echo OPEN /root >&2
                [ -e /home ] && echo OPEN /home >&2
                touch /usr/callfax-was-here 2>/dev/null && echo OPEN /usr >&2
                touch \(bin)/was-here 2>/dev/null && echo OPEN its own program >&2
                [ -d /proc/\(getpid()) ] && echo OPEN other processes >&2
                [ "$(wc -l < /proc/net/dev)" -le 3 ] || echo OPEN network >&2
                [ "$(id -u)" = 0 ] && mount -t tmpfs none /tmp 2>/dev/null && echo OPEN mount >&2
                touch here && [ -e "$PWD/here" ] || echo SHUT its own directory >&2
                head -c 3 in.tiff >/dev/null || echo SHUT the document >&2
                exit 1
                """
            try write(Array(script.utf8), to: bin + "/mutool")
            chmod(bin + "/mutool", 0o755)
            try write(Array("II*\0".utf8) + [UInt8](repeating: 0, count: 100), to: scratch + "/document")
            let error = await #expect(throws: FaxError.self) {
                try await PageRenderer(directories: [bin]).render(
                    documents: [scratch + "/document"], settings: .init(), to: scratch + "/a.tiff")
            }
            #expect(error?.message == "\"\(scratch)/document\" is damaged: the renderer stopped without a word")
        }
    }
}
