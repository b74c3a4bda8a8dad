import FaxModel
import Foundation
import SpoolFiles
import Testing

@Suite("Asterisk's outgoing spool")
struct OutgoingSpoolTests {
    let spool: TemporarySpool
    init() throws { spool = try TemporarySpool() }

    private var name: String { get throws { try OutgoingSpool.fileName(attempt()) } }

    @Test("A call file appears whole, private and not from the future, and leaves nothing in the staging directory")
    func publish() throws {
        try spool.outgoing.publish(attempt(), Array("Channel: x\n".utf8))
        let path = try "\(spool.outgoing.outgoing)/\(name)"
        #expect(try spool.read(path) == Data("Channel: x\n".utf8))
        #expect(try spool.files(in: spool.outgoing.staging).isEmpty)
        let attributes = try FileManager.default.attributesOfItem(atPath: path)
        #expect(attributes[.posixPermissions] as? Int == 0o600)
        let modified = try #require(attributes[.modificationDate] as? Date)
        #expect(modified <= Date() && modified > Date().addingTimeInterval(-60))
        #expect(try spool.outgoing.state(of: attempt()) == .outgoing([]))
        #expect(try spool.outgoing.outgoingAttempts() == [attempt()])
    }

    @Test("A call file that Asterisk would not own is not published", .enabled(if: geteuid() == 0))
    func foreignOwner() throws {
        #expect(chown(spool.outgoing.outgoing, 65534, 65534) == 0)
        let error = #expect(throws: FaxError.self) { try spool.outgoing.publish(attempt(), [65]) }
        #expect(error?.code == .noPermission)
        #expect(try spool.files(in: spool.outgoing.outgoing).isEmpty)
        #expect(try spool.files(in: spool.outgoing.staging).isEmpty)
    }

    @Test("A name that exists is never replaced")
    func neverReplaces() throws {
        try spool.outgoing.publish(attempt(), [65])
        let error = #expect(throws: FaxError.self) { try spool.outgoing.publish(attempt(), [66]) }
        #expect(error?.errno == EEXIST)
        #expect(try spool.read("\(spool.outgoing.outgoing)/\(name)") == Data([65]))
    }

    @Test("Of very many that are published together, one that can't be holds up no other")
    func together() throws {
        let files = try (1...200).map { number in
            (attempt: try attempt("\(number)-1-0a0b0c0d"), contents: Array("Channel: \(number)\n".utf8))
        }
        try spool.outgoing.publish(files[100].attempt, [65])
        let failures = spool.outgoing.publish(files)
        #expect(failures.keys.map(\.text) == [files[100].attempt.text])
        #expect(failures.values.first?.errno == EEXIST)
        for (index, file) in files.enumerated() {
            let path = "\(spool.outgoing.outgoing)/\(OutgoingSpool.fileName(file.attempt))"
            #expect(try spool.read(path) == Data(index == 100 ? [65] : file.contents))
        }
        #expect(try spool.files(in: spool.outgoing.staging).isEmpty)
    }

    @Test("Of a hundred who publish one attempt at once, one succeeds")
    func race() async throws {
        let outgoing = spool.outgoing
        let id = try attempt()
        let winners = await withTaskGroup(of: UInt8?.self) { group in
            for number in UInt8(0)..<100 {
                group.addTask {
                    await blocking { (try? outgoing.publish(id, [number])) == nil ? nil : number }
                }
            }
            return await group.reduce(into: [UInt8]()) { if let winner = $1 { $0.append(winner) } }
        }
        #expect(winners.count == 1)
        #expect(try spool.read("\(spool.outgoing.outgoing)/\(name)") == Data(winners))
    }

    @Test("What a crash left in the staging directory does not stand in the way")
    func staleStaging() throws {
        try spool.write("half", to: "\(spool.outgoing.staging)/\(name)")
        try spool.outgoing.publish(attempt(), [65])
        #expect(try spool.read("\(spool.outgoing.outgoing)/\(name)") == Data([65]))
    }

    @Test("Withdrawing says whether the file was still there")
    func withdraw() throws {
        try spool.outgoing.publish(attempt(), [65])
        #expect(try spool.outgoing.withdraw(attempt()))
        #expect(try !spool.outgoing.withdraw(attempt()))
        #expect(try spool.outgoing.state(of: attempt()) == .absent)
    }

    @Test("Asterisk's notes are read from a file that it works on")
    func notes() throws {
        try spool.write(
            "Set: A=b\n\nStartRetry: 4711 1 (1700000300)\n\nDelayedRetry: 4711 0 (1700000600)\nStartRetry: 47",
            to: "\(spool.outgoing.outgoing)/\(name)")
        guard case .outgoing(let notes) = try spool.outgoing.state(of: attempt()) else {
            Issue.record("not in the outgoing spool")
            return
        }
        #expect(notes.map(\.kind) == [.start, .delayed])
        #expect(notes.first?.pid == 4711)
        #expect(notes.first?.count == 1)
        #expect(notes.first?.time == UnixTime(seconds: 1_700_000_300))
    }

    static let archived: [(text: String, status: ArchiveStatus?)] = [
        ("Set: A=b\n\nStartRetry: 1 1 (5)\n", nil), ("Set: A=b\nStatus: Comp", nil),
        ("Set: A=b\nStatus: Completed", nil),
        ("Set: A=b\nStatus: Completed\n", .completed), ("Set: A=b\nStatus: Expired\n", .expired),
        ("Set: A=b\nStatus: Failed\n", .failed), ("Set: A=Status: Failed\nStatus: Else\n", nil), ("", nil),
    ]

    @Test("An archived file has no status until Asterisk has written the whole line", arguments: archived)
    func archiveRace(text: String, status: ArchiveStatus?) throws {
        try spool.write(text, to: "\(spool.outgoing.archive)/\(name)")
        guard case .archived(let read, _) = try spool.outgoing.state(of: attempt()) else {
            Issue.record("not in the archive")
            return
        }
        #expect(read == status)
        #expect(try spool.outgoing.removeArchived(attempt()))
        #expect(try !spool.outgoing.removeArchived(attempt()))
    }

    @Test("A file that moves to the archive while we look is never missed")
    func movingFile() async throws {
        let outgoing = spool.outgoing
        let name = try name
        let id = try attempt()
        for _ in 0..<200 {
            try outgoing.publish(id, [65, 10])
            async let moved = blocking { rename("\(outgoing.outgoing)/\(name)", "\(outgoing.archive)/\(name)") }
            let state = try outgoing.state(of: id)
            #expect(state != .absent)
            #expect(await moved == 0)
            try outgoing.removeArchived(id)
        }
    }

    @Test("A spool in order has no problem")
    func checkPasses() { #expect(spool.outgoing.check().isEmpty) }

    @Test("Each thing that stands in the way is one line with its mend")
    func checkFails() throws {
        let directory = spool.directory
        func check(_ outgoing: String, _ archive: String, _ staging: String) -> [String] {
            OutgoingSpool(outgoing: outgoing, archive: archive, staging: staging).check()
        }
        let good = spool.outgoing
        #expect(check(directory + "/none", good.archive, good.staging).contains { $0.contains("create it") })
        try spool.write("", to: directory + "/file")
        #expect(check(good.outgoing, directory + "/file", good.staging).contains { $0.contains("not a directory") })
        #expect(check(good.outgoing, good.archive, "/proc").contains { $0.contains("different file systems") })
        try FileManager.default.createDirectory(atPath: good.outgoing + "/in", withIntermediateDirectories: false)
        #expect(check(good.outgoing, good.archive, good.outgoing + "/in").contains { $0.contains("is inside") })
        chmod(good.staging, 0o777)
        #expect(good.check().contains { $0.contains("writable by everybody") })
        chmod(good.staging, 0o750)
        #expect(check("/proc/1", good.archive, good.staging).isEmpty == false)
    }
}
