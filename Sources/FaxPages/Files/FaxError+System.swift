import FaxModel
import Glibc

extension FaxError {
    /// An operation on a path that the system refused; a full disk and a missing permission get their own exit codes.
    init(failed operation: String, _ path: String, _ code: Code, _ number: Int32) {
        let better: Code =
            switch number {
            case EACCES, EPERM: .noPermission
            case ENOSPC, EDQUOT, EIO: .inputOutput
            case ENOENT where code == .noInput: .noInput
            default: code
            }
        let mend = number == ENOSPC || number == EDQUOT ? "; make room on that file system" : ""
        self.init(
            better, "can't \(operation) \(quoted(path)): \(String(cString: strerror(number)))\(mend)", errno: number)
    }
}
