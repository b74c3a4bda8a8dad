import FaxModel
import Foundation

/// Sees a file that is renamed into a directory at the moment when Asterisk would (inotify(7)).
final class SpoolWatch {
    private let descriptor: Int32

    init(_ directory: String) throws(FaxError) {
        descriptor = inotify_init()
        guard descriptor >= 0, fcntl(descriptor, F_SETFD, FD_CLOEXEC) == 0,
            inotify_add_watch(descriptor, directory, UInt32(IN_MOVED_TO)) >= 0
        else {
            let number = errno
            throw FaxError(
                .unavailable, "\(directory) can't be watched: \(String(cString: strerror(number)))", errno: number)
        }
    }

    deinit { close(descriptor) }

    /// Waits for the next file, ten seconds at most.
    func wait() throws(FaxError) {
        var request = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        guard poll(&request, 1, 10_000) == 1 else { throw FaxError(.software, "no call file came within ten seconds") }
        var events = [UInt8](repeating: 0, count: 4096)
        _ = read(descriptor, &events, events.count)
    }
}
