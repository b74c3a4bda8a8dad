import AsteriskManager
import FaxModel
import FaxScheduler
import FaxSettings
import FaxStore
import Foundation
import SpoolFiles

/// One server as its settings describe it, opened for work.
struct Installation: Sendable {
    let settings: Settings
    let layout: SpoolLayout
    let database: StoreDatabase
    let jobs: SQLiteJobStore
    let permission: SendingPermission
    private let memory = SchedulerMemory()

    /// Opens the spool and the store; refuses anybody but the owner of the spool, since whoever may write there
    /// commands Asterisk. `forOneErrand`: nothing is read beside what is written.
    init(_ settings: Settings, forOneErrand: Bool = false) throws {
        self.settings = settings
        layout = SpoolLayout(root: settings.spool)
        try Self.refuseStrangers(settings.spool)
        try layout.prepare()
        database = try StoreDatabase(path: layout.store, onOneConnection: forOneErrand)
        jobs = SQLiteJobStore(database)
        permission = SendingPermission(settings)
    }

    private static func refuseStrangers(_ spool: String) throws(FaxError) {
        var status = stat()
        guard stat(spool, &status) == 0 else {
            let number = errno
            let mend = "create it, owned by Asterisk's user (fax-check says how)"
            throw FaxError(
                number == EACCES ? .noPermission : .cannotCreate,
                "spool \(spool): \(String(cString: strerror(number))); \(mend)",
                errno: number)
        }
        guard status.st_uid == geteuid() else {
            let owner = getpwuid(status.st_uid).map { String(cString: $0.pointee.pw_name) } ?? "number \(status.st_uid)"
            throw FaxError(
                .noPermission, "spool \(spool) belongs to user \(owner): run this as that user (sudo -u \(owner) …)")
        }
    }

    var outgoing: OutgoingSpool {
        OutgoingSpool(
            outgoing: settings.asterisk.outgoing, archive: settings.asterisk.outgoingDone,
            staging: settings.asterisk.staging)
    }

    var scheduler: Scheduler {
        Scheduler(
            store: jobs, layout: layout, outgoing: outgoing, policy: SchedulerPolicy(settings.sending), hands: hands,
            memory: memory)
    }

    private var hands: Scheduler.Hands {
        let pages = AttemptPages(settings)
        var hands = Scheduler.Hands(
            derive: { call, target, now in try pages.derive(call, to: target, now: now) }, steady: Clock.steady)
        hands.permission = { [permission] job, now in try permission.of(job, now: now) }
        if let manager = settings.manager {
            hands.hangUp = { attempt, why in try manager.hangUp(attempt, why: why) }
            hands.pagesDone = { attempt in try manager.progress().first { $0.attempt == attempt }?.pagesDone }
        }
        return hands
    }

    /// Makes a call file and throws it away: what can't be published must be refused before it is accepted.
    ///
    /// The requests of one submission differ in their numbers alone, so the longest one stands for all.
    func rehearse(_ requests: [FaxRequest], pages: Int, longestCall: Int64) throws(FaxError) {
        func length(_ request: FaxRequest) -> Int { (request.dialled ?? request.number).digits.utf8.count }
        guard let request = requests.max(by: { length($0) < length($1) }) else { return }
        let attempt = AttemptID(job: 999_999_999, sequence: 999, random: .max)
        let call = OpenCall(rehearsing: request, attempt: attempt, pages: pages, longestCall: longestCall)
        _ = try CallFile.bytes(
            call, file: layout.attemptTIFF(attempt), policy: SchedulerPolicy(settings.sending))
    }

    /// Whether a faxd works on this spool right now.
    func daemonRuns() throws -> Bool { try PassLock.isHeld(layout.daemonLock) }

    /// Lets whatever was just stored take effect: wakes the daemon, or runs a pass when there is none and returns what it
    /// did.
    @discardableResult
    func advance() throws -> PassReport? {
        if try daemonRuns() {
            layout.poke()
            return nil
        }
        let report = try scheduler.runOnce(now: Clock.now)
        // Nobody else cleans up here.
        if report?.steps.isEmpty == false { _ = try scheduler.tidy() }
        return report
    }
}
