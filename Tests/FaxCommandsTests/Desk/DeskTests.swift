import FaxModel
import FaxPages
import FaxSettings
import FaxStore
import Foundation
import Logging
import SpoolFiles
import Synchronization
import Testing

@testable import FaxCommands

/// The socket at which everybody submits, looks and cancels.
@Suite("faxd's socket") struct DeskTests {
    /// A server on a spool of its own; `caller` is who the next connection is.
    final class Desk: Sendable {
        let root: String
        let site: Installation
        let server: DeskServer
        let who = Mutex(Caller(name: "ann", isAdministrator: false))
        var socket: String { root + "/faxd.sock" }

        init(sending: String = "") throws {
            root = "/tmp/callfax-desk-" + UUID().uuidString.prefix(8).lowercased()
            for directory in ["", "/spool", "/outgoing", "/outgoing_done", "/callfax-staged"] {
                try FileManager.default.createDirectory(atPath: root + directory, withIntermediateDirectories: true)
            }
            let checkout = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
                .deletingLastPathComponent().deletingLastPathComponent().path
            let settings = try Settings.parse(
                """
                spool: \(root)/spool
                socket: \(root)/faxd.sock
                asterisk: {outgoing: \(root)/outgoing}
                sending:
                  trunk: trunk
                  station_id: Test
                  templates: \(checkout)/callfile-templates
                \(sending)
                """, file: "c", hostName: "h")
            site = try Installation(settings)
            let names = NamesByTurn()
            server = try DeskServer(
                site: site, logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }), poke: {},
                caller: { _ in names.ask() })
            names.desk.withLock { $0 = self }
            server.start()
        }

        func become(_ name: String, administrator: Bool = false) {
            who.withLock { $0 = Caller(name: name, isAdministrator: administrator) }
        }

        func remove() {
            server.stop()
            try? FileManager.default.removeItem(atPath: root)
        }

        var access: SocketAccess { SocketAccess(path: socket) }

        func document(_ name: String = "d.pdf") throws -> String {
            let file = root + "/" + name
            try SampleDocument(pages: [SampleDocument.Page(.a4, lines: ["Callfax"])]).write(to: file)
            return file
        }

        func wish(_ number: String = "5550001", key: String = UUID().uuidString) -> SubmitFax {
            var wish = SubmitFax(key: key, recipients: [RecipientEntry(number: number)], documents: 1)
            wish.schedule.hold = true
            wish.pages.lines = .standard
            return wish
        }

        func submit(_ wish: SubmitFax) async throws -> AcceptedFax {
            try await SocketIntake(socket: access).submit(wish, [document()])
        }

        /// A connection of one's own, for saying what the client never would.
        func connect() throws -> Int32 {
            let descriptor = Foundation.socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
            var address = try #require(UnixAddress.make(socket))
            let length = socklen_t(MemoryLayout<sockaddr_un>.size)
            let connected = withUnsafePointer(to: &address) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { Foundation.connect(descriptor, $0, length) }
            }
            try #require(connected == 0)
            return descriptor
        }

        var arriving: [String] { (try? DurableFile.list(site.layout.arriving)) ?? ["?"] }
    }

    /// The server is made before the desk that knows who asks.
    final class NamesByTurn: Sendable {
        let desk = Mutex<Desk?>(nil)
        func ask() -> Caller {
            desk.withLock { $0 }?.who.withLock { $0 } ?? Caller(name: "nobody", isAdministrator: false)
        }
    }

    private func withDesk(sending: String = "", _ body: (Desk) async throws -> Void) async throws {
        let desk = try Desk(sending: sending)
        defer { desk.remove() }
        try await body(desk)
    }

    private func answer(_ descriptor: Int32) throws -> DeskAnswer? {
        try DeskFrame.read(descriptor).map { try JSONDecoder().decode(DeskAnswer.self, from: $0) }
    }

    @Test("a fax belongs to who the socket says, whatever the client says; others neither see nor touch it")
    func owners() async throws {
        try await withDesk { desk in
            let id = try #require(try await desk.submit(desk.wish()).ids.first)
            #expect(try desk.site.jobs.job(id)?.request.owner == "ann")
            #expect(desk.arriving.isEmpty)
            desk.become("bob")
            #expect(try await desk.access.ask(ListJobs(filter: JobFilter())).isEmpty)
            #expect(try await desk.access.ask(ListJobs(filter: JobFilter(owner: "ann"))).isEmpty)
            #expect(try await desk.access.ask(ListByNumber(ids: [id])).isEmpty)
            await #expect(throws: FaxError.self) { try await desk.access.ask(ShowJob(id: id)) }
            await #expect(throws: FaxError.self) { try await desk.access.ask(CancelJob(id: id)) }
            await #expect(throws: FaxError.self) { try await desk.access.ask(ReadStats()) }
            await #expect(throws: FaxError.self) { try await desk.access.ask(ResolveJob(id: id, delivered: true)) }
            var forged = desk.wish()
            forged.owner = "ann"
            let refusal = await #expect(throws: FaxError.self) { try await desk.submit(forged) }
            #expect(refusal?.code == .noPermission)
            desk.become("root", administrator: true)
            #expect(try await desk.access.ask(ListJobs(filter: JobFilter(owner: "ann"))).map(\.id) == [id])
            #expect(try await desk.submit(forged).ids.count == 1)
            desk.become("ann")
            #expect(try await desk.access.ask(CancelJob(id: id)).state == .cancelled)
        }
    }

    @Test("numbers that no fax-queue would send are refused, and the next client is served")
    func overflow() async throws {
        try await withDesk { desk in
            let id = try #require(try await desk.submit(desk.wish()).ids.first)
            for bad in [
                AlterJob(id: id, priority: .max), AlterJob(id: id, priority: -1), AlterJob(id: id, tries: .min),
                AlterJob(id: id, dials: .max),
            ] {
                let refusal = await #expect(throws: FaxError.self) { try await desk.access.ask(bad) }
                #expect(refusal?.code == .usage)
            }
            let many = Array(repeating: id, count: ListByNumber.most + 1)
            await #expect(throws: FaxError.self) { try await desk.access.ask(ListByNumber(ids: many)) }
            #expect(try await desk.access.jobs(many).count == many.count)
            #expect(try await desk.access.ask(ListJobs(filter: JobFilter(limit: .max))).map(\.id) == [id])
            #expect(try desk.site.jobs.job(id)?.priority == JobPriority.normal)
        }
    }

    @Test("columns of a list that would change a terminal are refused, whoever sends them")
    func columns() async throws {
        try await withDesk { desk in
            for fields in [["\u{1B}[2J": "x"], ["a": "\u{1B}[2J"], ["a": String(repeating: "x", count: 1001)]] {
                var wish = desk.wish()
                wish.recipients[0].fields = fields
                let refusal = await #expect(throws: FaxError.self) { try await desk.submit(wish) }
                #expect(refusal?.code == .usage)
            }
        }
    }

    @Test("jobs are listed in pieces, newest first, each once")
    func pieces() async throws {
        try await withDesk { desk in
            var wish = desk.wish()
            wish.recipients = (0..<(ListJobs.most + 20)).map { RecipientEntry(number: "\(5_550_000 + $0)") }
            let ids = try await desk.submit(wish).ids
            #expect(try await desk.access.jobs(JobFilter(limit: 10_000)).map(\.id) == ids.reversed())
            #expect(try await desk.access.jobs(JobFilter(limit: ListJobs.most + 1)).count == ListJobs.most + 1)
        }
    }

    @Test("a submission is accepted once, however often it is asked for under its key")
    func key() async throws {
        try await withDesk { desk in
            let key = UUID().uuidString
            let first = try await desk.submit(desk.wish(key: key))
            let second = try await desk.submit(desk.wish(key: key))
            #expect(first.ids == second.ids)
            #expect(try desk.site.jobs.jobs(JobFilter()).count == 1)
        }
    }

    @Test("what can't be a fax is refused in one line, and nothing is left behind")
    func refusals() async throws {
        try await withDesk(sending: "  max_bytes: 10000") { desk in
            let text = desk.root + "/text.pdf"
            try "\u{1}not a document".write(toFile: text, atomically: true, encoding: .utf8)
            let big = desk.root + "/big.pdf"
            try Data(count: 200_000).write(to: URL(fileURLWithPath: big))
            for (document, code) in [(text, FaxError.Code.data), (big, .data), (desk.root + "/none", .noInput)] {
                let wish = desk.wish()
                let error = await #expect(throws: FaxError.self) {
                    try await SocketIntake(socket: desk.access).submit(wish, [document])
                }
                #expect(error?.code == code, "\(document): \(error?.message ?? "")")
                #expect(error?.message.contains("\n") == false)
            }
            var bad = desk.wish("not a number")
            await #expect(throws: FaxError.self) { try await desk.submit(bad) }
            bad = desk.wish()
            bad.schedule.at = "whenever"
            await #expect(throws: FaxError.self) { try await desk.submit(bad) }
            bad = desk.wish(key: "short")
            await #expect(throws: FaxError.self) { try await desk.submit(bad) }
            #expect(desk.arriving.isEmpty)
            #expect(try DurableFile.list(desk.site.layout.documents).isEmpty)
            #expect(try desk.site.jobs.jobs(JobFilter()).isEmpty)
        }
    }

    @Test("garbage, a giant frame, a wrong version and an unknown command get an answer; the next client is served")
    func garbage() async throws {
        try await withDesk { desk in
            let frames: [Data] = [
                Data([0, 0, 0, 4] + Array("oops".utf8)), Data([0xFF, 0xFF, 0xFF, 0xFF]),
                Data([0, 0, 0, 2] + Array("{}".utf8)),
                try Self.frame(DeskQuestion(version: 99, command: "list", body: Data("{}".utf8))),
                try Self.frame(DeskQuestion(command: "rm -rf", body: Data("{}".utf8))),
                try Self.frame(DeskQuestion(command: "list", body: Data("[]".utf8))),
            ]
            for frame in frames {
                let client = try desk.connect()
                _ = frame.withUnsafeBytes { send(client, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
                let refused = try answer(client)
                #expect(refused?.body == nil && refused?.message?.isEmpty == false)
                close(client)
            }
            #expect(try await desk.access.ask(ListJobs(filter: JobFilter())).isEmpty)
        }
    }

    private static func frame(_ question: DeskQuestion) throws -> Data {
        let body = try JSONEncoder().encode(question)
        return withUnsafeBytes(of: UInt32(body.count).bigEndian) { Data($0) } + body
    }

    @Test("clients that say nothing, or stop in the middle of a document, hold up nobody and leave nothing")
    func slow() async throws {
        try await withDesk { desk in
            let silent = try (0..<3).map { _ in try desk.connect() }
            for client in silent { _ = send(client, [0], 1, Int32(MSG_NOSIGNAL)) }
            let half = try desk.connect()
            let question = DeskQuestion(command: SubmitFax.name, body: try JSONEncoder().encode(desk.wish()))
            _ = try Self.frame(question).withUnsafeBytes { send(half, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            try DeskFrame.write(Data("%PDF-1.4 half a docu".utf8), to: half)
            #expect(try await desk.submit(desk.wish("5550002")).ids.count == 1)
            close(half)
            // Once the server has seen the end, the half document is gone.
            let end = Date(timeIntervalSinceNow: 10)
            while !desk.arriving.isEmpty, Date() < end { try await Task.sleep(for: .milliseconds(5)) }
            #expect(desk.arriving.isEmpty)
            #expect(try desk.site.jobs.jobs(JobFilter()).count == 1)
            for client in silent { close(client) }
        }
    }

    @Test("one user has so many connections and no more")
    func greedy() async throws {
        try await withDesk { desk in
            let clients = try (0..<DeskServer.perUser).map { _ in try desk.connect() }
            let one = try desk.connect()
            let refused = try answer(one)
            #expect(refused?.message?.contains("too many connections") == true)
            for client in clients + [one] { close(client) }
            let end = Date(timeIntervalSinceNow: 10)
            var works = false
            while !works, Date() < end {
                works = (try? await desk.access.ask(ListJobs(filter: JobFilter()))) != nil
                if !works { try await Task.sleep(for: .milliseconds(5)) }
            }
            #expect(works)
        }
    }
}
