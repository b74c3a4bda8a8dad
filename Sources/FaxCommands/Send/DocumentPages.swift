import FaxModel
import FaxPages
import FaxSettings
import Foundation

/// Documents as a user names them, made into the pages of one fax.
struct DocumentPages {
    let settings: Settings
    let look: PageWish

    /// Finds out beside other work what drawing them would have to wait for.
    func prepare(_ documents: [String]) {
        PageRenderer().prepare(documents: documents, settings: look.rendering(settings), cache: cache)
    }

    /// Renders into `target` and returns each page's rows and coded bytes.
    func render(_ documents: [String], to target: String) async throws -> [(rows: Int, bytes: Int)] {
        let standardInput = documents.contains("-") ? try StandardInputFile() : nil
        defer { standardInput?.remove() }
        let paths = documents.map { $0 == "-" ? standardInput?.path ?? $0 : $0 }
        var wanted = look.rendering(settings)
        defer { Terminal.endProgress() }
        func draw() async throws -> [PageInfo] {
            try await PageRenderer().render(documents: paths, settings: wanted, to: target, cache: cache) {
                done, total in
                Terminal.progress(Terminal.bar(done, of: total, "pages"))
            }
        }
        var pages = try await draw()
        if let most = look.maxSeconds {
            do {
                var time = try seconds(target)
                if time > Double(most), wanted.quality != .document {
                    wanted.quality = .document
                    pages = try await draw()
                    time = try seconds(target)
                }
                guard time <= Double(most) else {
                    throw FaxError(
                        .data,
                        "\(quoted(documents[0])): its pages take \(Int(time.rounded(.up))) s of line time, more than the \(most) of "
                            + "--max-seconds; send fewer pages, or fewer lines an inch (-l)")
                }
            } catch {
                unlink(target)
                throw error
            }
        }
        return pages.map { ($0.rows, $0.encodedBytes) }
    }

    /// Of all pages in T.4 one-dimensional, which every machine reads, at V.17's 14,400 bit/s.
    private func seconds(_ pages: String) throws -> Double {
        try PageLineBits.pages(of: pages).reduce(0) { $0 + Double($1.oneDimensional) / 14_400 }
    }

    /// In the spool, for those whose spool it is.
    private var cache: PageCache? {
        var status = stat()
        guard stat(settings.spool, &status) == 0, status.st_uid == geteuid() else { return nil }
        return PageCache(directory: settings.spool + "/cache", limit: settings.sending.cacheBytes)
    }
}

/// Standard input, kept in a file of our own for as long as it is rendered.
struct StandardInputFile {
    let path: String

    init() throws {
        path = NSTemporaryDirectory() + "fax-send-" + UUID().uuidString + ".pdf"
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw FaxError(.cannotCreate, "\(path): \(String(cString: strerror(errno)))", errno: errno)
        }
        defer { close(descriptor) }
        let out = FileHandle(fileDescriptor: descriptor, closeOnDealloc: false)
        do {
            while let chunk = try FileHandle.standardInput.read(upToCount: 1 << 16), !chunk.isEmpty {
                try out.write(contentsOf: chunk)
            }
        } catch {
            unlink(path)
            throw FaxError(.inputOutput, "standard input: can't be copied to \(path): \(error)")
        }
    }

    func remove() { unlink(path) }
}
