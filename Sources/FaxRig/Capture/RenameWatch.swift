package import FaxModel
import Foundation

/// An inotify(7) descriptor that tells of files renamed into a directory, as Asterisk's own does; whoever has it closes it.
package enum RenameWatch {
    package static func open(_ directory: String) throws(FaxError) -> Int32 {
        let descriptor = inotify_init()
        guard descriptor >= 0, fcntl(descriptor, F_SETFD, FD_CLOEXEC) == 0,
            inotify_add_watch(descriptor, directory, UInt32(IN_MOVED_TO)) >= 0
        else {
            let number = errno
            throw FaxError(
                .unavailable, "\(directory) can't be watched: \(String(cString: strerror(number)))", errno: number)
        }
        return descriptor
    }
}
