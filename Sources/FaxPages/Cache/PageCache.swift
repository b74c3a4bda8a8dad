import FaxModel
import Glibc

/// Faxes that were made before, by what they were made of: documents and settings. Bounded; what was used least lately
/// goes first.
///
/// A file that can't be kept or used is no error: the pages are drawn again.
package struct PageCache: Sendable {
    private let directory: String
    /// Bytes of all files together.
    private let limit: Int

    /// Nil where others could write into `directory`, which is made with the first fax that is kept.
    package init?(directory: String, limit: Int) {
        guard limit > 0 else { return nil }
        var status = stat()
        if lstat(directory, &status) == 0 {
            guard status.st_mode & S_IFMT == S_IFDIR, status.st_uid == geteuid(), status.st_mode & 0o022 == 0 else {
                return nil
            }
        }
        self.directory = directory
        self.limit = limit
    }

    /// The name of a fax made of these documents; nil where one can't be read, which drawing will say better.
    func key(_ documents: [String], _ settings: RenderSettings, renderer: String) -> String? {
        var hash = SHA256()
        hash.update("\(Self.generation) \(settings.signature) \(Self.stamp(renderer))\n")
        for document in documents {
            guard let size = Self.add(document, to: &hash) else { return nil }
            hash.update("\n\(size)\n")
        }
        return hash.finish()
    }

    /// Whether there is a fax of that name.
    func has(_ key: String) -> Bool { access(path(key), R_OK) == 0 }

    /// Puts a kept fax at `output`, and returns what is in it; nil where there is none.
    func take(_ key: String, to output: String) -> [PageInfo]? {
        let kept = path(key)
        guard let pages = try? TIFFFile.inspect(kept), let file = try? TemporaryFile(for: output) else { return nil }
        unlink(file.path)
        // One file with two names where that goes: pages never change once they are published.
        guard link(kept, file.path) == 0 || (try? FileSystem.copy(kept, to: file.path, mode: 0o640)) != nil else {
            return nil
        }
        utimes(kept, nil)
        guard (try? file.publish()) != nil else { return nil }
        return pages
    }

    /// Keeps a finished fax.
    func keep(_ fax: String, _ key: String) {
        mkdir(directory, 0o700)
        let new = "\(directory)/.\(key.prefix(16)).\(getpid())"
        unlink(new)
        guard link(fax, new) == 0 || (try? FileSystem.copy(fax, to: new, mode: 0o640)) != nil else { return }
        if rename(new, path(key)) != 0 { unlink(new) }
        prune()
    }

    private func path(_ key: String) -> String { "\(directory)/\(key).tiff" }

    private func prune() {
        var files: [(path: String, size: Int, used: Int)] = []
        for name in FileSystem.names(in: directory) {
            var status = stat()
            let path = "\(directory)/\(name)"
            guard lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { continue }
            files.append((path, Int(status.st_size), status.st_mtim.tv_sec))
        }
        var total = files.reduce(0) { $0 + $1.size }
        for file in files.sorted(by: { $0.used < $1.used }) where total > limit {
            unlink(file.path)
            total -= file.size
        }
    }

    private static func add(_ path: String, to hash: inout SHA256) -> Int? {
        guard let descriptor = try? FileSystem.openRegular(path) else { return nil }
        defer { close(descriptor) }
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 16)
        defer { buffer.deallocate() }
        var size = 0
        while true {
            let count = read(descriptor, buffer.baseAddress, buffer.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { return nil }
            if count == 0 { return size }
            hash.update(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
            size += count
        }
    }

    /// A renderer that was replaced draws anew.
    private static func stamp(_ program: String) -> String {
        var status = stat()
        guard stat(program, &status) == 0 else { return "?" }
        return "\(status.st_size) \(status.st_mtim.tv_sec)"
    }

    /// Another one for pages that come out otherwise than before.
    private static let generation = "callfax pages 5"
}

extension RenderSettings {
    /// Everything that pages depend on; the limits don't count. By raw values: to have Swift find out how a case is printed
    /// takes 2 ms.
    fileprivate var signature: String {
        let cases = [resolution.rawValue, paper.rawValue, quality.rawValue, longPages.rawValue]
        return "\(cases.joined(separator: " ")) \(skipsBlank) \(thinsBlack) \(allowsDamaged)"
    }
}
