/// What went wrong, in the one line that a person can act on, and the exit code that goes with it.
package struct FaxError: Error, Hashable, Sendable, CustomStringConvertible {
    /// Exit codes as in BSD's sysexits.h.
    package enum Code: Int32, Sendable {
        case usage = 64
        case data = 65
        case noInput = 66
        case unavailable = 69
        case software = 70
        case cannotCreate = 73
        case inputOutput = 74
        case noPermission = 77
        case configuration = 78
    }

    package var code: Code
    /// What, where, and what to do about it.
    package var message: String
    /// The C library's error number, where one was the reason.
    package var errno: Int32?

    package init(_ code: Code, _ message: String, errno: Int32? = nil) {
        self.code = code
        self.message = message
        self.errno = errno
    }

    package var description: String { message }
}
