import FaxModel
import FaxScheduler
import FaxStore
import Foundation
import GRDB
import SpoolFiles

/// The machine: the real scheduler, the real store on a disk, and real directories, in a place of their own.
final class ModelSite {
    let root: String
    let layout: SpoolLayout
    private let rules: ModelRules
    private var database: StoreDatabase
    private(set) var store: SQLiteJobStore
    private(set) var scheduler: Scheduler?

    var outgoing: String { root + "/outgoing" }
    var done: String { root + "/outgoing_done" }

    /// In memory where that is possible: a history makes thousands of files durable.
    init(_ rules: ModelRules) throws {
        self.rules = rules
        let fast = "/dev/shm"
        let place = access(fast, W_OK) == 0 ? fast + "/" : NSTemporaryDirectory()
        root = place + "callfax-model-" + UUID().uuidString.lowercased()
        layout = SpoolLayout(root: root + "/spool")
        for directory in ["", "/outgoing", "/outgoing_done", "/staged"] {
            try FileManager.default.createDirectory(atPath: root + directory, withIntermediateDirectories: true)
        }
        try layout.prepare()
        database = try StoreDatabase(path: layout.store)
        store = SQLiteJobStore(database)
    }

    func remove() {
        scheduler = nil
        try? database.connections.close()
        try? FileManager.default.removeItem(atPath: root)
    }

    /// Another process: nothing is left of the last one but what is on the disk.
    func open(
        hands: Scheduler.Hands, before: @escaping @Sendable (WatchedStore.Deed) throws -> Void,
        after: @escaping @Sendable (WatchedStore.Deed) -> Void
    ) throws {
        scheduler = nil
        try database.connections.close()
        database = try StoreDatabase(path: layout.store)
        store = SQLiteJobStore(database)
        scheduler = Scheduler(
            store: WatchedStore(inner: store, before: before, after: after), layout: layout,
            outgoing: OutgoingSpool(outgoing: outgoing, archive: done, staging: root + "/staged"),
            policy: try policy, hands: hands)
    }

    private var policy: SchedulerPolicy {
        get throws {
            let retry = RetryPolicy(
                dials: rules.dials, tries: rules.tries, samePage: rules.samePage,
                lastPage: RetryPolicy.LastPage(rawValue: rules.lastPage.rawValue) ?? .resend,
                deadline: rules.deadline / 1000, cooldown: rules.cooldown / 1000, memory: rules.memory / 1000)
            return SchedulerPolicy(
                trunks: try rules.trunks.map { TrunkLines(try TrunkName(parsing: $0.name), lines: $0.lines) },
                retry: retry, faxesInACall: rules.faxesInACall, waitTime: Int(rules.wait / 1000),
                asteriskRetries: rules.retries, asteriskRetryTime: Int(rules.retryPause / 1000),
                templates: Self.templates)
        }
    }

    private static let templates =
        URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().path + "/callfile-templates"

    // What is in the store, in the words of `QueueModel+Lines`

    var jobLines: String {
        get throws {
            try text(
                """
                SELECT id || '|' || state || '|' || coalesce(cause, '') || '|' || dials || '|' || tries || '|' || pages_done
                    || '|' || (SELECT count(*) FROM attempt WHERE job_id = job.id) || '|' || cancel_requested
                    || CASE WHEN finished_at IS NOT NULL THEN '' ELSE
                        '|' || number || '|' || priority || '|' || held || '|' || coalesce(max_dials, '') || '|'
                        || coalesce(max_tries, '') || '|' || deadline_at
                        || CASE WHEN state IN ('calling', 'sending') THEN '' ELSE
                            '|' || due_at || '|' || rank || '|' || repeats || '|' || idle_tries || '|' || page_failures
                            || '|' || json_extract(coalesce(mode, request), '$.t38')
                            || '|' || json_extract(coalesce(mode, request), '$.ecm')
                            || '|' || json_extract(coalesce(mode, request), '$.rate')
                            || '|' || json_extract(coalesce(mode, request), '$.resolution')
                            || '|' || (mode IS NOT NULL) || '|' || failed_trunks END END AS line
                FROM job ORDER BY id
                """)
        }
    }

    var attemptLines: String {
        get throws {
            try text(
                """
                SELECT job_id || '/' || sequence || '|' || state || '|' || position || '|' || trunk || '|' || first_page || '|'
                    || pages || '|' || coalesce((SELECT job_id FROM attempt AS lead WHERE lead.id = attempt.carrier), job_id)
                    AS line
                FROM attempt WHERE state <> 'settled'
                """
            ).split(separator: "\n").sorted().joined(separator: "\n")
        }
    }

    private func text(_ lines: String) throws -> String {
        try database.connections.read { db in
            try String.fetchOne(db, sql: "SELECT group_concat(line, char(10)) FROM (\(lines))") ?? ""
        }
    }
}
