import FaxModel
import FaxPages
import FaxRig
import Foundation
import Testing

/// What the queue promises, on two real Asterisks.
@Suite(.onTheRig) struct QueueProofTests {
    private static let isLong = ProcessInfo.processInfo.environment["CALLFAX_LONG_PROOFS"] != nil

    private func submit(_ rig: Rig, _ number: String, _ document: String, _ options: [String] = []) async throws
        -> Int64
    {
        let handed = try FileHandover(rig: rig, side: .a).copy(document)
        let text = try await FaxRound(rig: rig, number: number).tool(
            .a, "fax-send", ["--json", "-l", "-d", number] + options + [handed])
        return try JSONDecoder().decode(SentJob.self, from: Data(text.utf8)).id
    }

    private func jobs(_ rig: Rig) async throws -> [SentJob] {
        try await FaxRound(rig: rig, number: "").jobs()
    }

    /// The pages of a received TIFF are those of the document from `first` on, all of them identical.
    private func expect(_ receipt: Receipt, holds pages: Range<Int>, of job: SentJob) throws {
        let received = try #require(receipt.tiff)
        let document = try #require(job.document)
        let part = NSTemporaryDirectory() + "callfax-part-" + UUID().uuidString + ".tiff"
        defer { try? FileManager.default.removeItem(atPath: part) }
        _ = try TIFFFile.assemble([AttemptPart(document: document, pages: pages, headers: [])], to: part)
        let pages = try PageComparison.compare(sent: part, received: received, headerRows: .drawn)
        #expect(pages.isIdentical, "\(pages)")
    }

    @Test("the far end dies after page 2 of 5: the next call delivers the rest, and the archive holds each page once")
    func resumed() async throws {
        let rig = try await TestRigs.shared.rig("resume") { options in
            let soon: SettingsTree = ["delay": 5, "hold_number": false]
            let causes: [String: SettingsTree] = Dictionary(
                uniqueKeysWithValues: [
                    "page.dropped", "page.no-response", "page.ecm", "page.missing", "dial.no-answer", "dial.failed",
                    "dial.congestion",
                ].map { ($0, soon) })
            options.settings[.a] = ["sending": ["retry": ["cooldown": 0, "causes": .map(causes)]]]
        }
        let bench = try Workbench()
        let number = "5550701"
        let id = try await submit(rig, number, bench.document(pages: 5))
        // By the sender's count: a page whose confirmation is lost with the far end has to be sent again.
        let session = try await rig.waitForFaxSession(.a, seconds: 60)
        try await RigClock.wait(for: "two pages", seconds: 120) {
            Int(try await rig.faxSession(.a, session.id)["Tx Pages"] ?? "") ?? 0 >= 2
        }
        try await rig.killAsterisk(.b)
        try await rig.startAsterisk(.b)
        let round = FaxRound(rig: rig, number: number)
        let job = try await round.follow(id)
        #expect(job.state == .delivered, "\(job.state) \(job.detail)")
        let attempts = try #require(job.attempts)
        let carrying = attempts.filter { $0.pagesConfirmed > 0 }
        #expect(carrying.map(\.firstPage) == [1, carrying[0].pagesConfirmed + 1])
        #expect(carrying.map(\.pagesConfirmed).reduce(0, +) == 5)
        var receipts: [Receipt] = []
        try await RigClock.wait(for: "both parts in the archive", seconds: 200) {
            receipts = try await round.receipts().filter { $0.dialled == number && $0.pages > 0 }
            return receipts.count == 2 && receipts.allSatisfy(\.isSettled)
        }
        let first = carrying[0].pagesConfirmed
        let broken = try #require(receipts.first { !$0.complete })
        let whole = try #require(receipts.first { $0.complete })
        // A page whose confirmation was lost with the far end is there, and is sent again.
        #expect([first, first + 1].contains(broken.pages) && whole.pages == 5 - first)
        try expect(broken, holds: 0..<broken.pages, of: job)
        try expect(whole, holds: first..<5, of: job)
    }

    @Test("busy twice, then free: delivered with the third call; a second fax to the number waits as well")
    func busyTwice() async throws {
        let rig = try await TestRigs.shared.rig("busy") { options in
            options.settings[.a] = [
                "sending": ["faxes_in_a_call": 1, "retry": ["cooldown": 1, "causes": ["dial.busy": ["delay": 4]]]]
            ]
            options.appended[.b] = [
                "modules.conf": "load = func_global.so\n",
                "extensions.conf": """
                exten => 5551099,1,Set(GLOBAL(RIGCALLS)=$[0${GLOBAL(RIGCALLS)} + 1])
                 same => n,GotoIf($[${GLOBAL(RIGCALLS)} > 2]?fax-inbound,5550702,1)
                 same => n,Hangup(17)

                """,
            ]
        }
        let bench = try Workbench()
        let document = try bench.shortPage()
        let first = try await submit(rig, "5551099", document)
        let second = try await submit(rig, "5551099", document)
        let round = FaxRound(rig: rig, number: "5551099")
        let done = try await round.follow(first)
        #expect(done.state == .delivered)
        let causes: [Cause?] = try #require(done.attempts).map { $0.cause }
        #expect(causes == [.dialBusy, .dialBusy, nil])
        let other = try await round.follow(second)
        #expect(other.state == .delivered)
        #expect(other.attempts?.count == 1, "it was dialled although the number was known to be busy")
    }

    @Test("a far end that refuses T.38 gets audio, and the next fax begins with audio")
    func audio() async throws {
        let rig = try await TestRigs.shared.rig("no-t38") { options in
            options.settings[.a] = ["sending": ["trunk": .text(Trunk.audio.name), "retry": ["cooldown": 0]]]
        }
        let bench = try Workbench()
        let round = FaxRound(rig: rig, number: "5550703")
        let document = try bench.shortPage()
        let first = try await round.follow(try await submit(rig, "5550703", document))
        #expect(first.state == .delivered, "\(first.detail)")
        #expect(first.attempts?.last?.mode == "audio")
        #expect(first.attempts?.first?.asked?.t38 == true)
        let second = try await round.follow(try await submit(rig, "5550703", document))
        #expect(second.state == .delivered)
        let offered: [Bool?] = try #require(second.attempts).map { $0.asked?.t38 }
        #expect(offered == [false])
    }

    @Test("three faxes to one number share a call, and each is delivered with its own pages")
    func shared() async throws {
        let rig = try await TestRigs.shared.rig("shared") { options in
            options.settings[.a] = ["sending": ["lines": 1, "retry": ["cooldown": 0]]]
        }
        let bench = try Workbench()
        let number = "5550704"
        // They become due together, long after the last of them was submitted.
        let due = Date(timeIntervalSinceNow: 45).formatted(.iso8601)
        var ids: [Int64] = []
        for text in ["First", "Second", "Third"] {
            ids.append(try await submit(rig, number, bench.shortPage(text), ["-a", due]))
        }
        let round = FaxRound(rig: rig, number: number)
        var ended: [SentJob] = []
        for id in ids { ended.append(try await round.follow(id)) }
        #expect(ended.map(\.state) == [.delivered, .delivered, .delivered])
        #expect(ended.allSatisfy { $0.attempts?.count == 1 })
        let lead = try #require(ended[0].attempts?.first?.id)
        #expect(ended.dropFirst().allSatisfy { $0.attempts?.first?.carrier == lead })
        let receipts = try await round.receipts().filter { $0.dialled == number }
        #expect(receipts.map(\.pages) == [3])
    }

    @Test("40 faxes over 4 lines to 10 numbers: never more than 4 calls, never two to a number, by Asterisk's own word")
    func lines() async throws {
        let rig = try await TestRigs.shared.rig("lines") { options in
            options.settings[.a] = [
                "sending": ["lines": 4, "faxes_in_a_call": 1, "retry": ["cooldown": 0, "deadline": 3600]]
            ]
        }
        let count = Self.isLong ? 40 : 12
        let numbers = (0..<(Self.isLong ? 10 : 5)).map { "55507\(10 + $0)" }
        let bench = try Workbench()
        let document = try FileHandover(rig: rig, side: .a).copy(try bench.shortPage())
        let round = FaxRound(rig: rig, number: "")
        for index in 0..<count {
            _ = try await round.tool(.a, "fax-send", ["-l", "-d", numbers[index % numbers.count], document])
        }
        var most = 0
        var looks = 0
        var doubled: Set<String> = []
        try await RigClock.wait(for: "all faxes to be over", seconds: Double(count) * 12 + 60) {
            let calls = try await rig.attemptsOut(.a)
            let all = try await jobs(rig)
            let number = Dictionary(uniqueKeysWithValues: all.map { ("\($0.id)", $0.number) })
            let called = calls.compactMap { $0.split(separator: "-").first.flatMap { number[String($0)] } }
            most = max(most, calls.count)
            looks += 1
            doubled.formUnion(Dictionary(grouping: called) { $0 }.filter { $0.value.count > 1 }.keys)
            return all.allSatisfy(\.state.isFinal)
        }
        print("lines: \(count) faxes to \(numbers.count) numbers, at most \(most) calls at once in \(looks) looks")
        #expect((3...4).contains(most), "fewer would show nothing")
        #expect(doubled.isEmpty)
        let ended = try await jobs(rig)
        #expect(ended.count == count && ended.allSatisfy { $0.state == .delivered })
        try await RigClock.wait(for: "all receipts", seconds: 240) { try await round.receipts().count >= count }
        #expect(try await round.receipts().count == count)
    }

    @Test("Asterisk restarted and faxd killed in the midst: each fax is delivered once, or unknown where a call was up")
    func restarts() async throws {
        let rig = try await TestRigs.shared.rig("restarts") { options in
            options.settings[.a] = [
                "sending": [
                    "lines": .number(Self.isLong ? 30 : 6),
                    "retry": .localCauses(delay: 1, limit: 0, ["cooldown": 0, "deadline": 7200]),
                ]
            ]
        }
        let count = Self.isLong ? 200 : 30
        let (restarts, kills) = Self.isLong ? (3, 5) : (1, 2)
        let bench = try Workbench()
        let document = try FileHandover(rig: rig, side: .a).copy(try bench.shortPage())
        let list = bench.path + "/list"
        try (0..<count).map { "\(5_550_750 + $0)\n" }.joined().write(toFile: list, atomically: true, encoding: .utf8)
        let round = FaxRound(rig: rig, number: "")
        let handed = try FileHandover(rig: rig, side: .a).copy(list)
        _ = try await round.tool(.a, "fax-send", ["-l", "-z", handed, document])
        // Twice as many events as moments: a restart or a kill after each so many faxes that are over.
        var events = (Array(repeating: true, count: restarts) + Array(repeating: false, count: kills)).shuffled()[...]
        let every = max(1, count / (events.count + 3))
        var next = every
        try await RigClock.wait(for: "all faxes to be over", seconds: Double(count) * 4 + 200) {
            let over = try await jobs(rig).count(where: \.state.isFinal)
            if over >= next, let restart = events.popFirst() {
                next += every
                if restart {
                    try await rig.killAsterisk(.a)
                    try await rig.startAsterisk(.a)
                } else {
                    try await rig.killFaxd(.a)
                    try await rig.startFaxd(.a)
                }
            }
            return over == count
        }
        #expect(events.isEmpty, "not all kills took place")
        let ended = try await jobs(rig)
        let unknown = ended.filter { $0.state == .unknown }
        let delivered = ended.filter { $0.state == .delivered }
        print(
            "restarts: \(restarts) of Asterisk, \(kills) of faxd: \(delivered.count) delivered, \(unknown.count) unknown"
        )
        #expect(delivered.count + unknown.count == count)
        // At most as many as there are lines can have been up at each kill of Asterisk.
        #expect(unknown.count <= (Self.isLong ? 30 : 6) * restarts)
        var receipts: [Receipt] = []
        try await RigClock.wait(for: "all receipts", seconds: 240) {
            receipts = try await round.receipts()
            let arrived = Set(receipts.filter(\.complete).map(\.dialled))
            return delivered.allSatisfy { arrived.contains($0.number) }
        }
        for job in delivered {
            #expect(receipts.count { $0.dialled == job.number && $0.complete } == 1, "\(job.number)")
        }
        for job in unknown {
            #expect(receipts.count { $0.dialled == job.number && $0.complete } <= 1, "\(job.number)")
        }
    }
}
