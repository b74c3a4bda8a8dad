package import FaxModel

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

extension FaxError {
    /// A failed system call in one line: what was tried, on which path, why, and what to do about it.
    package static func system(_ operation: String, _ path: String, errno number: Int32) -> FaxError {
        let reason = String(cString: strerror(number))
        let (code, mend): (Code, String?) =
            switch number {
            case ENOSPC, EDQUOT: (.inputOutput, "make room on that file system")
            case EACCES, EPERM: (.noPermission, "run as Asterisk's user, and check owner and mode")
            case EROFS: (.cannotCreate, "mount that file system for writing")
            case ENOENT: (.noInput, "check that the directory exists")
            case EEXIST: (.cannotCreate, "the name is taken")
            case EXDEV: (.configuration, "put both directories on one file system")
            case EMFILE, ENFILE: (.unavailable, "raise the limit of open files")
            default: (.inputOutput, nil)
            }
        let line = "can't \(operation) \(path): \(reason)" + (mend.map { "; " + $0 } ?? "")
        return FaxError(code, line, errno: number)
    }
}
