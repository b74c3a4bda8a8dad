#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

extension OutgoingSpool {
    /// What stands in the way of publishing, one line each with its mend; empty when all is well.
    package func check() -> [String] {
        var problems: [String] = []
        var devices: [(path: String, device: dev_t)] = []
        for path in [outgoing, archive, staging] {
            var status = stat()
            guard stat(path, &status) == 0 else {
                let reason = String(cString: strerror(lastError))
                problems.append("\(path): \(reason); create it, owned by Asterisk's user")
                continue
            }
            guard status.st_mode & S_IFMT == S_IFDIR else {
                problems.append("\(path) is not a directory; move it away")
                continue
            }
            devices.append((path, status.st_dev))
            if status.st_mode & S_IWOTH != 0 {
                problems.append("\(path) is writable by everybody, who could make Asterisk do anything; chmod o-w it")
            }
            if access(path, W_OK | X_OK) != 0 {
                problems.append("\(path) is not writable for us; run as its owner, or chown it")
            }
            // Asterisk must own a call file to note its dials in it, or it dials again and again.
            if path == outgoing, status.st_uid != geteuid() {
                problems.append(
                    "\(path) belongs to user \(status.st_uid), we are \(geteuid()); run as user \(status.st_uid)")
            }
        }
        if let first = devices.first, let other = devices.first(where: { $0.device != first.device }) {
            problems.append("\(other.path) and \(first.path) are on different file systems; put both on one")
        }
        if staging == outgoing || staging.hasPrefix(outgoing + "/") {
            problems.append("\(staging) is inside \(outgoing), where Asterisk would take half a file; move it beside")
        }
        return problems
    }
}
