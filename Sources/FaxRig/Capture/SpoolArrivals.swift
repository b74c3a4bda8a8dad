import FaxModel
import Foundation
import Synchronization

/// Writes down when files are renamed into a directory, by the event of inotify(7) that wakes Asterisk, too.
///
/// The clock is read by a thread that does nothing else, in real time where that is allowed: what a time is late by is the
/// time that it takes to wake a thread.
final class SpoolArrivals: Sendable {
    private let times = Mutex<[String: Double]>([:])

    init(_ directory: String) throws(FaxError) {
        let watched = try RenameWatch.open(directory)
        Thread { [weak self] in
            var priority = sched_param()
            priority.sched_priority = 1
            pthread_setschedparam(pthread_self(), SCHED_FIFO, &priority)
            var events = [UInt8](repeating: 0, count: 1 << 16)
            while true {
                let count = read(watched, &events, events.count)
                var now = timespec()
                clock_gettime(CLOCK_REALTIME, &now)
                guard count > 0, let self else { break }
                self.note(events[..<count], Double(now.tv_sec) + Double(now.tv_nsec) / 1e9)
            }
            close(watched)
        }.start()
    }

    /// Seconds since 1970, by file name.
    var seen: [String: Double] { times.withLock { $0 } }

    /// struct inotify_event: watch, mask, cookie, length of the name, 4 bytes each, and the name, filled up with zeros.
    private func note(_ events: ArraySlice<UInt8>, _ time: Double) {
        var rest = events
        while rest.count >= 16 {
            let length = rest.dropFirst(12).prefix(4).reversed().reduce(0) { $0 << 8 | Int($1) }
            let name = rest.dropFirst(16).prefix(length).prefix { $0 != 0 }
            times.withLock { $0[String(decoding: name, as: UTF8.self)] = time }
            rest = rest.dropFirst(16 + length)
        }
    }
}
