import FaxModel
import FaxRig
import Foundation

/// Sees a file that is renamed into a directory at the moment when Asterisk would (inotify(7)).
final class SpoolWatch {
    private let descriptor: Int32

    init(_ directory: String) throws(FaxError) {
        descriptor = try RenameWatch.open(directory)
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
