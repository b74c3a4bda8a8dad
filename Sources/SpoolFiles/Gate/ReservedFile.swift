import FaxModel

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// Room for a report that must not fail to be written later: a dot file of zeros, every block allocated.
///
/// The report is written over the zeros in place. Should only the rename fail (no room for a longer directory), the
/// complete report under its dot name is still a report: `SpoolRecords` reads it.
enum ReservedFile {
    /// More than any report can take: its texts are cut when they are read.
    static let size = 16384

    /// Reserves the room, durably; false where that name is reserved already.
    static func create(_ path: String) throws(FaxError) -> Bool {
        do throws(FaxError) {
            let file = try OpenFile(path, O_WRONLY | O_CREAT | O_EXCL)
            do throws(FaxError) {
                try file.setMode(0o640)
                try file.allocate(size)
                try file.synchronize()
                try DurableFile.fsyncDirectory(DurableFile.directory(of: path))
            } catch {
                unlink(path)
                throw error
            }
            return true
        } catch {
            if error.errno == EEXIST { return false }
            throw error
        }
    }

    /// Writes the report into its reserved room and gives it its name; where nothing was reserved it is published anew.
    static func fill(_ bytes: [UInt8], reserved: String, final: String) throws(FaxError) {
        let overwritten: Bool
        do throws(FaxError) {
            let file = try OpenFile(reserved, O_WRONLY)
            try file.writeAll(bytes)
            try file.truncate(to: bytes.count)
            try file.synchronize()
            overwritten = true
        } catch {
            guard error.errno == ENOENT else { throw error }
            overwritten = false
        }
        guard overwritten else { return try DurableFile.publish(bytes, at: final) }
        guard rename(reserved, final) == 0 else {
            let number = lastError
            if number == ENOSPC || number == EDQUOT { return }
            throw .system("publish", final, errno: number)
        }
        try DurableFile.fsyncDirectory(DurableFile.directory(of: final))
    }
}
