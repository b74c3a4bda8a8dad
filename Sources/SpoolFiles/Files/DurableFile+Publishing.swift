package import FaxModel

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

extension DurableFile {
    /// Puts a whole file under its name: temporary file in the same directory, write, fsync, rename, fsync of the directory.
    ///
    /// Replaces an older file of that name. On failure nothing is left behind.
    package static func publish(_ bytes: [UInt8], at path: String, mode: UInt32 = 0o640) throws(FaxError) {
        let temporary = try writeTemporary(bytes, beside: path, mode: mode)
        guard rename(temporary, path) == 0 else {
            let number = lastError
            unlink(temporary)
            throw .system("publish", path, errno: number)
        }
        try fsyncDirectory(directory(of: path))
    }

    /// Puts a whole file under a name that nobody else has: false, and nothing changed, where the name is taken. Either way
    /// the name is on the disk on return: who took it may have been killed before that.
    ///
    /// The file is complete and on disk before it gets its name by link(2), so nobody can ever see a torn one. When the
    /// directory itself can't be synced, the name is taken back before the error is thrown.
    package static func createExclusive(_ bytes: [UInt8], at path: String, mode: UInt32 = 0o640)
        throws(FaxError) -> Bool
    {
        let temporary = try writeTemporary(bytes, beside: path, mode: mode)
        defer { unlink(temporary) }
        guard link(temporary, path) == 0 else {
            let number = lastError
            guard number == EEXIST else { throw .system("create", path, errno: number) }
            try fsyncDirectory(directory(of: path))
            return false
        }
        do throws(FaxError) {
            try fsyncDirectory(directory(of: path))
        } catch {
            unlink(path)
            throw error
        }
        return true
    }

    /// A dot name that no other process and no other thread uses.
    static func temporaryName(beside path: String) -> String {
        let unique = String(UInt64.random(in: .min ... .max), radix: 36)
        return "\(directory(of: path))/.tmp-\(name(of: path).prefix(150))-\(getpid())-\(unique)"
    }

    private static func writeTemporary(_ bytes: [UInt8], beside path: String, mode: UInt32)
        throws(FaxError) -> String
    {
        let temporary = temporaryName(beside: path)
        do throws(FaxError) {
            let file = try OpenFile(temporary, O_WRONLY | O_CREAT | O_EXCL, mode: mode)
            try file.setMode(mode)
            try file.writeAll(bytes)
            try file.synchronize()
        } catch {
            unlink(temporary)
            throw error
        }
        return temporary
    }
}
