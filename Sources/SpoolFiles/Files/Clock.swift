package import FaxModel

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// The one clock that programs read, at their edge; everything below takes a `now:`.
package enum Clock {
    /// CLOCK_REALTIME, rounded down to whole milliseconds.
    package static func now() -> UnixTime {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return UnixTime(milliseconds: Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000)
    }

    /// A moment that no change of the date moves: CLOCK_BOOTTIME in milliseconds, and which boot it counts from.
    ///
    /// nil where the system has none.
    package static func steady() -> SteadyTime? {
        #if os(Linux)
            var time = timespec()
            guard clock_gettime(CLOCK_BOOTTIME, &time) == 0, let boot = ProcessIdentity.current().bootID else {
                return nil
            }
            return SteadyTime(boot: boot, milliseconds: Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000)
        #else
            return nil
        #endif
    }

    /// CLOCK_MONOTONIC in milliseconds: for deadlines, which no change of the date may move.
    package static func monotonicMilliseconds() -> Int64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
    }
}

/// What the steady clock shows.
package struct SteadyTime: Hashable, Sendable {
    package var boot: String
    package var milliseconds: Int64

    package init(boot: String, milliseconds: Int64) {
        self.boot = boot
        self.milliseconds = milliseconds
    }
}
