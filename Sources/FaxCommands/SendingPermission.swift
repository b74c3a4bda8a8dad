import FaxModel
import FaxScheduler
import FaxSettings
import FaxStore
import Synchronization

/// Whether a due job may go: by the windows, and by the numbers that may be faxed now, not when it was submitted.
final class SendingPermission: Sendable {
    private let settings: Settings
    private let calendar: SendingCalendar
    /// Read when first asked for: most passes have nothing to ask.
    private let policy = Mutex<NumberPolicy?>(nil)

    init(_ settings: Settings) {
        self.settings = settings
        let windows = settings.sending.windows
        calendar = SendingCalendar(rules: windows.rules, holidays: windows.holidays)
    }

    func of(_ job: Job, now: UnixTime) -> SendPermission {
        // A list that can't be read is no empty list: what waits goes on waiting.
        guard let policy = known() else { return .later(now.adding(seconds: 60)) }
        do throws(FaxError) {
            _ = try policy.resolve(job.request.number.digits)
        } catch {
            return .refused(.policyNumber, error.message)
        }
        let request = job.request
        let opens = calendar.opens(number: request.number, dialled: request.dialled, isBulk: job.isBulk, now: now)
        guard let opens else { return .refused(.policyNumber, "its sending window never opens") }
        return opens > now ? .later(opens) : .now
    }

    private func known() -> NumberPolicy? {
        policy.withLock { policy in
            if policy == nil { policy = try? NumberPolicy(settings.sending.numbers) }
            return policy
        }
    }
}
