import FaxModel
import Foundation
import SpoolFiles

/// Moves received files out of Asterisk's reach, each step on the disk before the next.
struct ArchiveFiles {
    /// SpoolLayout's `archive`.
    let root: String
    /// Whom they belong to; nil: us.
    var owner: ArchiveOwner?

    func tiff(_ name: String) -> String { "\(root)/\(name).tiff" }
    func pdf(_ name: String) -> String { "\(root)/\(name).pdf" }

    /// Makes the directory that `name` lies in: 2770, so that the group's people get at new files too.
    func makeDirectory(for name: String) throws(FaxError) {
        let path = DurableFile.directory(of: "\(root)/\(name)")
        if mkdir(path, 0o770) != 0 {
            guard errno == EEXIST else { throw .system("create", path, errno: errno) }
            var status = stat()
            // Only what mkdir alone leaves is a killed pass's; any other mode is somebody's wish.
            guard lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR, status.st_uid == geteuid(),
                status.st_mode & S_ISGID == 0
            else { return }
        }
        owner?.take(path)
        // mkdir obeys the umask and ignores the set-group-id bit.
        guard chmod(path, 0o2770) == 0 else { throw .system("change the mode of", path, errno: errno) }
        try DurableFile.fsyncDirectory(root)
    }

    /// Moves a report that told nothing new beside the fax, under a name that no other report has.
    func keepReport(_ source: String, of name: String) throws(FaxError) {
        try makeDirectory(for: name)
        let known = reports(name)
        let same = known.first { FileManager.default.contentsEqual(atPath: source, andPath: $0) }
        try move(source, to: same ?? report(name, known.count + 1))
    }

    /// Reports that lie beside a fax.
    func reports(_ name: String) -> [String] {
        var found: [String] = []
        while DurableFile.exists(report(name, found.count + 1)) { found.append(report(name, found.count + 1)) }
        return found
    }

    private func report(_ name: String, _ number: Int) -> String {
        "\(root)/\(name)\(number == 1 ? "" : ".\(number)").report"
    }

    /// Moves a whole file, to the same file system or another; a move that was cut short is finished. A caller that makes
    /// another name in the same directory durable may leave this one's to that.
    func move(_ source: String, to target: String, isNameDurable: Bool = true) throws(FaxError) {
        // Asterisk doesn't sync what it writes.
        try DurableFile.fsyncContents(source)
        if DurableFile.exists(target) {
            guard FileManager.default.contentsEqual(atPath: source, andPath: target) else {
                throw FaxError(.data, "\(target) exists and is not \(source); move one of them away")
            }
            try DurableFile.remove(source)
            return
        }
        // The file may belong to somebody else, whose mode it then keeps.
        _ = chmod(source, 0o640)
        owner?.take(source)
        // Where a power cut brings the old name back, the file is found under both, and the old one removed.
        if rename(source, target) == 0 {
            if isNameDurable { try DurableFile.fsyncDirectory(DurableFile.directory(of: target)) }
            return
        }
        guard errno == EXDEV else { throw .system("move \(source) to", target, errno: errno) }
        try copy(source, to: target)
        try DurableFile.remove(source)
    }

    /// Removes what a killed writer of a PDF left behind in a directory: hidden files of a process that is no more.
    func removeLeftovers(beside target: String) throws(FaxError) {
        let directory = DurableFile.directory(of: target)
        for name in try DurableFile.list(directory) where name.hasPrefix(".") && name.hasSuffix(".tmp") {
            // .NAME.PID.RANDOM.tmp
            let parts = name.split(separator: ".")
            guard parts.count >= 4, let owner = pid_t(parts[parts.count - 3]), owner == getpid() || kill(owner, 0) != 0
            else { continue }
            try DurableFile.remove("\(directory)/\(name)")
        }
    }

    /// Size and time of last change of a regular file; nil where there is none.
    static func status(_ path: String) -> (size: Int64, modified: UnixTime)? {
        var status = stat()
        guard lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
        return (Int64(status.st_size), UnixTime(seconds: Int64(status.st_mtim.tv_sec)))
    }

    private func copy(_ source: String, to target: String) throws(FaxError) {
        let part = target + ".part"
        try DurableFile.remove(part)
        do {
            try FileManager.default.copyItem(atPath: source, toPath: part)
        } catch {
            throw FaxError(.inputOutput, "can't copy \(source) to \(target): \(error.localizedDescription)")
        }
        try DurableFile.fsyncFile(part)
        guard rename(part, target) == 0 else { throw .system("rename into", target, errno: errno) }
        try DurableFile.fsyncDirectory(DurableFile.directory(of: target))
    }
}
