import FaxModel
import FaxStore
import Foundation
import GRDB
import SpoolFiles
import Testing

/// A running faxd while the machine is in trouble: it says so in one line, loses nothing, and goes on by itself when the
/// trouble is over.
@Suite struct TroubleTests {
    private static let numbers = ["5550001", "5550003", "5550011"]

    /// A site with a running faxd; `prepare` comes before faxd starts.
    private static func withSite(
        busyDelay: Int = 180, diskAt place: String? = nil, environment: [String: String] = [:],
        _ body: @escaping @Sendable (CrashSite, LiveDaemon, SmallDisk?) throws -> Void
    ) async throws {
        try await KillProof.onThread {
            _ = CrashSite.document
            try SmallDisk.removeLeftovers()
            let root = SmallDisk.freshPath()
            let disk = try place.map { try SmallDisk(at: root + $0, megabytes: 8) }
            defer {
                disk?.remove()
                try? FileManager.default.removeItem(atPath: root)
            }
            let site = try CrashSite(root: root, busyDelay: busyDelay, disk: disk)
            let log = NSTemporaryDirectory() + "callfax-trouble-\(UUID().uuidString).log"
            defer { unlink(log) }
            let daemon = try LiveDaemon(site, log: log, environment: environment)
            defer {
                daemon.wake()
                daemon.end()
            }
            try body(site, daemon, disk)
        }
    }

    /// Until that holds; for no more than a minute and a half.
    private static func wait(
        for what: String, _ daemon: LiveDaemon, _ condition: () throws -> Bool
    ) throws {
        let end = Date(timeIntervalSinceNow: 90)
        while try !condition() {
            guard Date() < end else {
                throw TracedProgram.Failure(description: "waited in vain for \(what); faxd said: \(daemon.said)")
            }
            usleep(20_000)
        }
    }

    private static func waitForCallFiles(_ site: CrashSite, _ daemon: LiveDaemon) throws {
        try wait(for: "call files", daemon) {
            try FileManager.default.contentsOfDirectory(atPath: site.outgoing).count == site.jobs().count
        }
    }

    /// Calls are served until each job was delivered; then what is wrong with the whole.
    private static func problemsInTheEnd(
        _ site: CrashSite, _ daemon: LiveDaemon, _ calls: FakeCalls, _ numbers: [String]
    ) throws -> [String] {
        try wait(for: "every fax to be delivered", daemon) {
            _ = try calls.serve()
            return try site.jobs().allSatisfy { $0.state == .delivered }
        }
        try wait(for: "every owner to be told", daemon) { site.messages.count >= numbers.count }
        var problems = calls.damage
        if try site.jobs().map(\.request.number.digits) != numbers { problems.append("jobs: \(try site.jobs().count)") }
        for (number, sent) in Dictionary(grouping: calls.transmissions, by: \.number)
        where sent.reduce(0, { $0 + $1.pages }) != 2 { problems.append("\(number) got \(sent.map(\.pages)) pages") }
        if site.messages.count != numbers.count { problems.append("\(site.messages.count) messages") }
        return problems
    }

    /// Exactly one line, which names the program.
    private static func isOneLine(_ text: String) -> Bool {
        text.hasPrefix("fax-send: ") && text.hasSuffix("\n") && text.dropLast().allSatisfy { $0 != "\n" }
    }

    @Test("disk full: a new fax is refused in one line, calls that end meanwhile are settled afterwards, each once")
    func diskFull() async throws {
        try await Self.withSite(diskAt: "") { site, daemon, disk in
            let (disk, calls) = (try #require(disk), FakeCalls(site))
            try site.submit(Self.numbers)
            try Self.waitForCallFiles(site, daemon)
            daemon.freeze()
            _ = try calls.serve()
            try disk.fill()
            daemon.wake()
            for _ in 0..<3 {
                let (status, complaints) = try site.tryToRun("fax-send", ["-d", "5550021", CrashSite.document.pdf])
                #expect(status != 0)
                #expect(Self.isOneLine(complaints) && complaints.contains("make room"), "\(complaints)")
            }
            #expect(try site.jobs().count == Self.numbers.count)
            disk.empty()
            try site.run("fax-send", ["-d", "5550021", "-D", CrashSite.document.pdf])
            #expect(try Self.problemsInTheEnd(site, daemon, calls, Self.numbers + ["5550021"]) == [])
        }
    }

    @Test("disk full when faxd is started for the first time: it says so, and starts by itself when there is room")
    func startedOnFullDisk() async throws {
        try await Self.withSite(diskAt: "") { site, daemon, disk in
            let disk = try #require(disk)
            daemon.end()
            try FileManager.default.removeItem(atPath: site.layout.store)
            try disk.fill()
            let log = NSTemporaryDirectory() + "callfax-trouble-\(UUID().uuidString).log"
            defer { unlink(log) }
            let second = try LiveDaemon(site, log: log) { said in
                let end = Date(timeIntervalSinceNow: 60)
                while !said().contains("tries again"), Date() < end { usleep(20_000) }
                disk.empty()
            }
            defer { second.end() }
            #expect(second.said.split(separator: "\n").count { $0.contains("tries again") } == 1, "\(second.said)")
            try site.submit(["5550001"])
            #expect(try Self.problemsInTheEnd(site, second, FakeCalls(site), ["5550001"]) == [])
        }
    }

    @Test(
        "store locked by somebody else: a new fax is refused in one line after 30 s, and faxd goes on when it is free")
    func locked() async throws {
        try await Self.withSite { site, daemon, _ in
            let calls = FakeCalls(site)
            let holder = try StoreDatabase(path: site.layout.store)
            try site.submit(Self.numbers)
            try holder.connections.writeWithoutTransaction { db in
                try db.inTransaction(.immediate) {
                    let (status, complaints) = try site.tryToRun("fax-send", ["-d", "5550021", CrashSite.document.pdf])
                    #expect(status != 0)
                    #expect(Self.isOneLine(complaints) && complaints.contains("held it"), "\(complaints)")
                    return .rollback
                }
            }
            #expect(try Self.problemsInTheEnd(site, daemon, calls, Self.numbers) == [])
        }
    }

    @Test("the outgoing directory is gone: faxd names it once and waits, and sends when it is back")
    func outgoingGone() async throws {
        try await Self.withSite { site, daemon, _ in
            let away = site.asterisk + "/away"
            try FileManager.default.moveItem(atPath: site.outgoing, toPath: away)
            try site.submit(Self.numbers)
            try Self.wait(for: "a complaint", daemon) { daemon.said.contains(site.outgoing) }
            #expect(try site.jobs().allSatisfy { !$0.state.isFinal && $0.dials == 0 })
            try FileManager.default.moveItem(atPath: away, toPath: site.outgoing)
            #expect(try Self.problemsInTheEnd(site, daemon, FakeCalls(site), Self.numbers) == [])
        }
    }

    @Test("Asterisk's spool is read-only: faxd says so and waits, and sends when it can be written again")
    func outgoingReadOnly() async throws {
        try await Self.withSite(diskAt: "/asterisk") { site, daemon, disk in
            let disk = try #require(disk)
            try disk.setReadOnly(true)
            try site.submit(Self.numbers)
            try Self.wait(for: "a complaint", daemon) { daemon.said.contains("Read-only file system") }
            #expect(try site.jobs().allSatisfy { !$0.state.isFinal && $0.dials == 0 })
            try disk.setReadOnly(false)
            #expect(try Self.problemsInTheEnd(site, daemon, FakeCalls(site), Self.numbers) == [])
        }
    }

    @Test("the clock steps back an hour: a call that was under way counts, and what was to be tried in seconds is")
    func clockBack() async throws {
        let clock = try WrongClock()
        defer { clock.remove() }
        try await Self.withSite(busyDelay: 4, environment: clock.environment) { site, daemon, _ in
            let calls = FakeCalls(site)
            try site.submit(["5550001", "5550006"])
            try Self.waitForCallFiles(site, daemon)
            daemon.freeze()
            _ = try calls.serve()
            daemon.wake()
            // The busy number's next call is planned by the old clock.
            try Self.wait(for: "a busy number to wait", daemon) {
                try site.jobs().contains { $0.state == .waiting && $0.dials == 1 }
            }
            try clock.set(seconds: -3600)
            calls.clockError = -3600
            #expect(try Self.problemsInTheEnd(site, daemon, calls, ["5550001", "5550006"]) == [])
            #expect(daemon.said.contains("the clock jumped by -3"))
        }
    }
}
