import FaxModel
import FaxPages
import FaxStore
import Foundation
import SpoolFiles
import Testing

/// A server that sends, at a path of its own, with the real programs and a fake Asterisk: whatever is killed on it, the
/// next site at the same path begins from nothing.
struct CrashSite {
    let root: String
    let layout: SpoolLayout
    var asterisk: String { root + "/asterisk" }
    var outgoing: String { asterisk + "/outgoing" }
    var archive: String { asterisk + "/outgoing_done" }
    var mail: String { root + "/mail" }
    var output: String { root + "/out" }

    static let checkout = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().path

    /// Everything that is tried again is so at once, a busy number after `busyDelay` seconds. With `disk` the site lies on a
    /// disk that is mounted there already.
    init(root: String, busyDelay: Int = 180, disk: SmallDisk? = nil) throws {
        self.root = root
        layout = SpoolLayout(root: root + "/spool")
        if disk == nil { try? FileManager.default.removeItem(atPath: root) }
        for directory in [
            "/spool", "/asterisk/outgoing", "/asterisk/outgoing_done", "/asterisk/callfax-staged", "/mail",
        ] {
            try FileManager.default.createDirectory(atPath: root + directory, withIntermediateDirectories: true)
        }
        let local = ["asterisk-down", "publish", "lost", "no-report", "gate"].map {
            "local.\($0): {delay: 0, limit: 0}"
        }
        let causes = local + ["page.dropped: {delay: 0}", "dial.busy: {delay: \(busyDelay)}"]
        let text = """
            spool: \(layout.root)
            socket: \(root)/faxd.sock
            host: crash.example
            time_zone: Europe/Berlin
            asterisk: {outgoing: \(outgoing)}
            sending:
              trunk: trunk
              station_id: Crash
              header: Callfax
              templates: \(Self.checkout)/callfile-templates
              min_free: 0
              retry: {cooldown: 0, causes: {\(causes.joined(separator: ", "))}}
              notify: {wish: done, domain: example.org}
            mail: {from: fax@example.org, maildir: \(mail)}
            """
        try text.write(toFile: root + "/callfax.yaml", atomically: true, encoding: .utf8)
        try layout.prepare()
    }

    func remove() { try? FileManager.default.removeItem(atPath: root) }

    func store() throws -> SQLiteJobStore { SQLiteJobStore(try StoreDatabase(path: layout.store)) }

    // The programs

    func program(_ name: String, _ arguments: [String]) -> TracedProgram {
        let file = name == "faxd" ? "faxd" : name == "fax-agi" ? "fax-agi" : "callfax"
        return TracedProgram(
            path: Self.checkout + "/.build/debug/" + file, arguments: (file == "callfax" ? [name] : []) + arguments,
            environment: ["CALLFAX_CONFIG": root + "/callfax.yaml", "PATH": "/usr/bin:/bin"], output: output,
            errors: root + "/err")
    }

    /// Runs one untraced to its end; its complaints where it does not end well.
    func run(_ name: String, _ arguments: [String]) throws {
        let (status, complaints) = try tryToRun(name, arguments)
        guard status == 0 else { throw TracedProgram.Failure(description: "\(name): \(complaints)") }
    }

    /// Runs one untraced to its end: how it ended, and what it said on standard error.
    func tryToRun(_ name: String, _ arguments: [String]) throws -> (status: Int32, complaints: String) {
        let program = program(name, arguments)
        // Not by Foundation's Process: started on several threads at once it crashed (swift-corelibs-foundation of 6.3).
        // Its words go where there is room: the site's own disk may be a full one.
        let talk = NSTemporaryDirectory() + "callfax-talk-" + UUID().uuidString
        defer { unlink(talk) }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 2, talk, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        var arguments = ([program.path] + program.arguments).map { strdup($0) } + [nil]
        var environment = program.environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer { for pointer in arguments + environment { free(pointer) } }
        var child: pid_t = 0
        let failure = posix_spawn(&child, program.path, &actions, nil, &arguments, &environment)
        guard failure == 0 else {
            throw TracedProgram.Failure(description: "\(program.path): \(String(cString: strerror(failure)))")
        }
        var status: Int32 = 0
        while waitpid(child, &status, 0) < 0, errno == EINTR {}
        let said = (try? String(contentsOfFile: talk, encoding: .utf8)) ?? ""
        return (status & 0x7F == 0 ? (status >> 8) & 0xFF : 128 + (status & 0x7F), said)
    }

    /// What the killed program had printed.
    var printed: String { (try? String(contentsOfFile: output, encoding: .utf8)) ?? "" }

    var complaints: String { (try? String(contentsOfFile: root + "/err", encoding: .utf8)) ?? "" }

    // Jobs

    /// A PDF of two short pages, and its fax pages as fax-send makes them; made once.
    static let document: (pdf: String, tiff: String) = {
        let directory = NSTemporaryDirectory() + "callfax-crash-document-\(getpid())"
        do {
            try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
            let pages = (1...2).map { number in
                var page = SampleDocument.Page(.a4, lines: ["Page \(number)"])
                page.isDecorated = false
                return page
            }
            try SampleDocument(pages: pages).write(to: directory + "/d.pdf")
            // A user to whom nothing belongs sends it too.
            chmod(directory + "/d.pdf", 0o644)
            let site = try CrashSite(root: directory + "/site")
            defer { site.remove() }
            try site.run("fax-send", ["-l", "--preview", directory + "/d.tiff", directory + "/d.pdf"])
            return (directory + "/d.pdf", directory + "/d.tiff")
        } catch { fatalError("no document to send: \(error)") }
    }()

    /// A job for each number, with documents of their own, due at once.
    func submit(_ numbers: [String]) throws {
        let store = try store()
        for number in numbers {
            let document = layout.documents + "/\(number)-\(UUID().uuidString.lowercased()).tiff"
            try FileManager.default.copyItem(atPath: Self.document.tiff, toPath: document)
            let now = Clock.now()
            let request = FaxRequest(
                owner: "ann", number: try FaxNumber(parsing: number), stationID: try StationID(parsing: "Crash"),
                header: try HeaderText(parsing: "Callfax"), resolution: .standard, ecm: true, t38: true, rate: .r14400,
                template: "fax-outbound",
                notify: Notify(address: try EmailAddress(parsing: "ann@example.org"), wish: .done))
            _ = try store.submit(
                Submission(
                    document: Submission.Pages(path: document, count: 2, longestCall: 200),
                    recipients: [Submission.Recipient(request)], submitted: now, due: now,
                    deadline: now.adding(seconds: 10_800)))
        }
    }

    func jobs() throws -> [Job] { try store().jobs(JobFilter(limit: 1000)).reversed() }

    var messages: [String] { (try? FileManager.default.contentsOfDirectory(atPath: mail + "/new")) ?? [] }

    private static let passing: Set = ["scheduler.wake", "poke", "out", "err", "faxd.sock", "agi-in", "agi-out"]

    /// What a power cut may undo without harm: locks, hints, SQLite's index of its log, pages kept only to be drawn no second
    /// time, and what is no file.
    static func isVolatile(_ path: String) -> Bool {
        let name = path.split(separator: "/").last.map(String.init) ?? ""
        return name.hasSuffix(".lock") || name.hasSuffix("-shm") || passing.contains(name)
            || path.contains("/spool/cache")
    }
}
