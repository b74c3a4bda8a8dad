import FaxModel
import Foundation
import Testing

@testable import FaxPages

@Suite("A document that was drawn before isn't drawn again")
struct PageCacheTests {
    @Test("The second time no renderer runs, and the pages are the same")
    func again() async throws {
        try await withScratch { scratch in
            let site = try Site(scratch)
            let first = try await site.render()
            try site.stop()
            #expect(try await site.render() == first)
            #expect(
                try Data(contentsOf: URL(fileURLWithPath: scratch + "/1.tiff"))
                    == Data(contentsOf: URL(fileURLWithPath: scratch + "/2.tiff")))
        }
    }

    @Test("Other words or other settings are another fax")
    func others() async throws {
        try await withScratch { scratch in
            let site = try Site(scratch)
            _ = try await site.render()
            try site.stop()
            await #expect(throws: FaxError.self) { try await site.render(RenderSettings(resolution: .standard)) }
            await #expect(throws: FaxError.self) { try await site.render(RenderSettings(quality: .photo)) }
            try SampleDocument(pages: [.init(.a4, lines: ["Other"])]).write(to: scratch + "/a.pdf")
            await #expect(throws: FaxError.self) { try await site.render() }
        }
    }

    @Test("What was used least lately goes when there is too much")
    func bounded() async throws {
        try await withScratch { scratch in
            let cache = try #require(PageCache(directory: scratch + "/cache", limit: 2500))
            for name in ["a", "b", "c"] {
                try Data(repeating: 0, count: 1000).write(to: URL(fileURLWithPath: scratch + "/" + name))
                let age = timeval(tv_sec: name == "b" ? 1 : 1000, tv_usec: 0)
                cache.keep(scratch + "/" + name, name)
                utimes(scratch + "/cache/\(name).tiff", [age, age])
            }
            #expect(
                try FileManager.default.contentsOfDirectory(atPath: scratch + "/cache").sorted() == [
                    "a.tiff", "c.tiff",
                ])
            #expect(cache.has("a") && !cache.has("b"))
        }
    }

    @Test("A directory that others may write into is not used")
    func shared() async throws {
        try await withScratch { scratch in
            mkdir(scratch + "/cache", 0o700)
            chmod(scratch + "/cache", 0o777)
            #expect(PageCache(directory: scratch + "/cache", limit: 1000) == nil)
        }
    }

    @Test(
        "SHA-256 is that of FIPS 180-4",
        arguments: [
            ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
            ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
            (
                "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
                "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
            ),
        ])
    func hash(text: String, digest: String) {
        var hash = SHA256()
        hash.update(text)
        #expect(hash.finish() == digest)
        // In pieces it is the same.
        var pieces = SHA256()
        for letter in text { pieces.update(String(letter)) }
        #expect(pieces.finish() == digest)
    }

    /// A document, a cache, and programs of one's own to draw with.
    private final class Site {
        let scratch: String
        let cache: PageCache
        private var count = 0

        init(_ scratch: String) throws {
            self.scratch = scratch
            cache = try #require(PageCache(directory: scratch + "/cache", limit: 1_000_000))
            mkdir(scratch + "/bin", 0o700)
            let program = "#!/bin/sh\n[ ! -e \(scratch)/bin/stop ] && exec /usr/bin/mutool \"$@\"\n"
            try Data(program.utf8).write(to: URL(fileURLWithPath: scratch + "/bin/mutool"))
            chmod(scratch + "/bin/mutool", 0o755)
            try SampleDocument(pages: [.init(.a4, lines: ["One"])]).write(to: scratch + "/a.pdf")
        }

        /// From now on nothing can be drawn.
        func stop() throws { try Data().write(to: URL(fileURLWithPath: scratch + "/bin/stop")) }

        func render(_ settings: RenderSettings = RenderSettings()) async throws -> [PageInfo] {
            count += 1
            return try await PageRenderer(directories: [scratch + "/bin"]).render(
                documents: [scratch + "/a.pdf"], settings: settings, to: scratch + "/\(count).tiff", cache: cache)
        }
    }
}
