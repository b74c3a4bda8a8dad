import FaxModel
import FaxScheduler
import FaxSettings
import FaxStore
import Foundation
import Synchronization

/// Whether a due job may go: by the windows, and by the numbers that may be faxed now, not when it was submitted.
final class SendingPermission: Sendable {
    private let settings: Settings
    private let calendar: SendingCalendar
    /// With the stamp of the list that it was read from: most passes read nothing.
    private let known = Mutex<(policy: NumberPolicy, stamp: FileStamp?)?>(nil)

    init(_ settings: Settings) {
        self.settings = settings
        let windows = settings.sending.windows
        calendar = SendingCalendar(rules: windows.rules, holidays: windows.holidays)
    }

    /// Throws when the do-not-fax list can't be read, which is no empty list: what waits goes on waiting.
    func of(_ job: Job, now: UnixTime) throws(FaxError) -> SendPermission {
        let policy = try policy()
        do throws(FaxError) {
            _ = try policy.resolve(job.request.number.digits)
        } catch {
            return .refused(.policyNumber, error.message)
        }
        let request = job.request
        // Its own schedule says when a probe goes.
        if request.probe != nil { return .now }
        let opens = calendar.opens(number: request.number, dialled: request.dialled, isBulk: job.isBulk, now: now)
        guard let opens else { return .refused(.policyNumber, "its sending window never opens") }
        return opens > now ? .later(opens) : .now
    }

    /// What may be faxed by the settings and the list as they are now.
    func policy() throws(FaxError) -> NumberPolicy {
        let stamp = settings.sending.numbers?.doNotFax.flatMap(FileStamp.init)
        if let known = known.withLock({ $0 }), known.stamp == stamp { return known.policy }
        let policy = try NumberPolicy(settings.sending.numbers)
        known.withLock { $0 = (policy, stamp) }
        return policy
    }
}

/// By which a file that was changed is told from the one that was read.
private struct FileStamp: Equatable {
    let device: UInt64
    let inode: UInt64
    let size: Int64
    let changed: Int64

    /// nil where there is no such file.
    init?(_ path: String) {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        device = UInt64(status.st_dev)
        inode = UInt64(status.st_ino)
        size = Int64(status.st_size)
        changed = Int64(status.st_ctim.tv_sec) * 1_000_000_000 + Int64(status.st_ctim.tv_nsec)
    }
}
