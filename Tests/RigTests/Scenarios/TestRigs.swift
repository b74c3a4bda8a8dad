import FaxModel
import FaxPages
import FaxRig
import Foundation
import Testing

/// The rigs that scenarios run on: brought up when the first one asks, taken down by `./run test` when all is over.
actor TestRigs {
    static let shared = TestRigs()

    private var rigs: [String: Task<Rig, any Error>] = [:]

    /// The rig of that name, both sides with faxd unless `adjust` says otherwise.
    func rig(_ name: String, _ adjust: @Sendable (inout RigOptions) -> Void = { _ in }) async throws -> Rig {
        if let running = rigs[name] { return try await running.value }
        var options = RigOptions(
            name: try RigName(parsing: Self.prefix + name), checkout: Self.checkout,
            programs: RigPrograms(
                callfax: Self.build + "/callfax", faxd: Self.build + "/faxd", faxAGI: Self.build + "/fax-agi"))
        options.faxd = [.a, .b]
        options.settings[.a] = ["sending": ["lines": 40, "retry": ["dials": 1]]]
        adjust(&options)
        let wanted = options
        let task = Task { try await Rig.up(wanted) }
        rigs[name] = task
        return try await task.value
    }

    /// By which `./run test` knows the rigs that it has to take down.
    static let prefix = "test-"
    static let checkout = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().path
    static let build = checkout + "/.build/debug"

    /// Whether rigs can be brought up here; without, scenarios are skipped with this reason.
    static let isPossible = geteuid() == 0 || FileManager.default.isExecutableFile(atPath: "/usr/sbin/asterisk")
    static let reason: Comment = "needs root, or an asterisk on PATH: run ./run test as root"
}

extension Trait where Self == ConditionTrait {
    static var onTheRig: Self { .enabled(if: TestRigs.isPossible, TestRigs.reason) }
}

/// A directory of a test's own for the documents that it sends.
struct Workbench: ~Copyable {
    let path: String

    init() throws {
        path = NSTemporaryDirectory() + "callfax-rig-test-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// A PDF with these pages.
    func document(_ name: String = "document.pdf", _ pages: [SampleDocument.Page]) throws -> String {
        let file = path + "/" + name
        try SampleDocument(pages: pages).write(to: file)
        return file
    }

    func text(_ name: String, _ text: String) throws -> String {
        let file = path + "/" + name
        try text.write(toFile: file, atomically: true, encoding: .utf8)
        return file
    }

    /// A page with one short line: the least that a call can carry.
    func shortPage(_ text: String = "Callfax") throws -> String {
        try document(pages: 1, text: text)
    }

    func document(pages: Int, text: String = "Callfax") throws -> String {
        try document(
            "\(text.filter(\.isLetter))-\(pages).pdf",
            (1...pages).map { number in
                var page = SampleDocument.Page(.a4, lines: ["\(text) \(number) of \(pages)"])
                page.isDecorated = false
                return page
            })
    }
}

extension Rig {
    /// Messages about received faxes, without what operators and senders are told.
    func faxMessages() -> [ReceivedMail] { messages().filter { $0.value("X-Fax-Result") != nil } }

    /// Messages about one received fax.
    func messages(about uniqueid: String) -> [ReceivedMail] {
        messages().filter { $0.value("Message-ID")?.contains(uniqueid) ?? false }
    }
}

extension SettingsTree {
    /// `sending.retry` in which every failure of our own side is tried again after `delay` seconds, `limit` times in a row
    /// at most (0: any number).
    static func localCauses(delay: Int64, limit: Int64, _ more: [String: SettingsTree] = [:]) -> SettingsTree {
        let step: SettingsTree = ["delay": .number(delay), "growth": 1, "limit": .number(limit)]
        let causes = ["engine", "gate", "no-report", "lost", "no-trunk", "asterisk-down", "publish"]
        let steps = Dictionary(uniqueKeysWithValues: causes.map { ("local." + $0, step) })
        return .map(more.merging(["causes": .map(steps)]) { $1 })
    }
}
