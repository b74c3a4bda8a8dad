package import FaxModel

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// Reading, listing and publishing files so that a crash at any instruction leaves a whole file or none.
///
/// Every call blocks; every error carries errno and the path.
package enum DurableFile {
    /// The whole file; throws when it has more than `limit` bytes.
    package static func read(_ path: String, limit: Int) throws(FaxError) -> [UInt8] {
        try OpenFile(path, O_RDONLY).readAll(limit: limit)
    }

    /// As `read`, or nil where there is no such file.
    package static func readIfPresent(_ path: String, limit: Int) throws(FaxError) -> [UInt8]? {
        do throws(FaxError) {
            return try read(path, limit: limit)
        } catch {
            if error.errno == ENOENT { return nil }
            throw error
        }
    }

    /// The names in a directory, sorted, without `.` and `..`.
    package static func list(_ directory: String) throws(FaxError) -> [String] {
        guard let stream = opendir(directory) else { throw .system("list", directory, errno: lastError) }
        defer { closedir(stream) }
        var names: [String] = []
        while true {
            errno = 0
            guard let entry = readdir(stream) else {
                let number = lastError
                guard number == 0 else { throw .system("list", directory, errno: number) }
                return names.sorted()
            }
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != "." && name != ".." { names.append(name) }
        }
    }

    /// Whether the path names anything, symbolic links not followed.
    package static func exists(_ path: String) -> Bool {
        var status = stat()
        return lstat(path, &status) == 0
    }

    /// Removes a file and makes its absence durable; false where there was none.
    @discardableResult
    package static func remove(_ path: String) throws(FaxError) -> Bool {
        guard try discard(path) else { return false }
        try fsyncDirectory(directory(of: path))
        return true
    }

    /// Removes a file that may come back with a power cut, because somebody then removes it again; false where there was none.
    @discardableResult
    package static func discard(_ path: String) throws(FaxError) -> Bool {
        guard unlink(path) == 0 else {
            let number = lastError
            if number == ENOENT { return false }
            throw .system("remove", path, errno: number)
        }
        return true
    }

    /// Makes the names in a directory durable.
    package static func fsyncDirectory(_ path: String) throws(FaxError) {
        try OpenFile(path, O_RDONLY | O_DIRECTORY).synchronize()
    }

    /// Makes the contents of a file that something else wrote durable.
    package static func fsyncContents(_ path: String) throws(FaxError) {
        try OpenFile(path, O_RDONLY).synchronize()
    }

    /// As `fsyncContents`, and its name.
    package static func fsyncFile(_ path: String) throws(FaxError) {
        try fsyncContents(path)
        try fsyncDirectory(directory(of: path))
    }

    /// The part before the last slash; `/` for a name in the root, `.` for a bare name.
    package static func directory(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    /// The part after the last slash.
    package static func name(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return path }
        return String(path[path.index(after: slash)...])
    }
}
