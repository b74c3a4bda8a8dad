package import FaxModel

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

extension SpoolLayout {
    /// Creates what is missing of the tree, 0750, and makes it durable. The directory above the root must exist.
    package func prepare() throws(FaxError) {
        for path in directories {
            guard mkdir(path, 0o750) == 0 else {
                let number = lastError
                if number == EEXIST { continue }
                throw .system("create", path, errno: number)
            }
            // The process's umask may have taken more away than it should.
            guard chmod(path, 0o750) == 0 else { throw .system("change the mode of", path, errno: lastError) }
            try DurableFile.fsyncDirectory(DurableFile.directory(of: path))
        }
    }

    /// What is wrong with the tree, one line each with its mend; empty when all is well.
    package func problems() -> [String] {
        var problems: [String] = []
        for path in directories {
            var status = stat()
            guard lstat(path, &status) == 0 else {
                problems.append("\(path): \(String(cString: strerror(lastError))); create it, owned by Asterisk's user")
                continue
            }
            guard status.st_mode & S_IFMT == S_IFDIR else {
                problems.append("\(path) is not a directory; move it away")
                continue
            }
            if status.st_uid != geteuid() {
                problems.append(
                    "\(path) belongs to user \(status.st_uid), we are \(geteuid()); run as Asterisk's user or chown it")
            }
            if access(path, R_OK | W_OK | X_OK) != 0 { problems.append("\(path) is not ours to use; chmod 750 it") }
            if status.st_mode & S_IWOTH != 0 { problems.append("\(path) is writable by everybody; chmod o-w it") }
        }
        return problems
    }
}
