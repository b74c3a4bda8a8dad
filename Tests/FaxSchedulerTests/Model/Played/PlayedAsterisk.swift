import FaxModel
import Foundation
import SpoolFiles

/// Asterisk, played: takes call files, dials, runs the real fax-agi, and lets go of the files, or doesn't.
final class PlayedAsterisk {
    let outgoing: String
    let done: String
    let spool: SpoolLayout
    let clock: PlayedClock
    /// Who hears of it.
    var tell: (String, CallFact) -> Void = { _, _ in }

    var held: [HeldCall] = []
    /// Every call file that was ever out.
    private var seen: Set<String> = []
    /// Reports that are still to be written.
    var pending: [PlayedReport] = []
    private var process: AsteriskLife?
    private var lives = 0
    /// Which life this is; nil while it is down.
    private(set) var life: Int?
    var ledger = PageLedger()
    /// How often what happened.
    var tally: [String: Int] = [:]
    private var channels = 0
    /// Draws what a step leaves open.
    var choice = Choice(0)

    init(outgoing: String, done: String, spool: SpoolLayout, clock: PlayedClock) {
        self.outgoing = outgoing
        self.done = done
        self.spool = spool
        self.clock = clock
    }

    var identity: ProcessIdentity { process?.identity ?? ProcessIdentity(pid: 0) }

    func newChannel() -> String {
        channels += 1
        return "\(lives).\(channels)"
    }

    // Its lives

    func start() throws {
        guard process == nil else { return }
        process = try AsteriskLife()
        lives += 1
        life = lives
    }

    func end() {
        process?.end()
        process = nil
        life = nil
    }

    /// kill -9, or now and then an orderly stop, which hangs up and reports.
    func crash() throws {
        guard life != nil else { return }
        if choice.percent(25) {
            for index in held.indices {
                if case .talks = held[index].phase {
                    try finish(index, choice.percent(50) ? .began : .cut)
                    try letGo(index)
                }
            }
        } else {
            pending.removeAll { _ in choice.percent(50) }
        }
        end()
        try forgetCalls(leaving: .orphaned)
    }

    /// "core restart now": the process number stays, so Asterisk takes its own old notes for calls that still go on.
    func restartInPlace() throws {
        guard life != nil else { return }
        try forgetCalls(leaving: .done)
    }

    private func forgetCalls(leaving phase: HeldCall.Phase) throws {
        for index in held.indices {
            switch held[index].phase {
            case .rings, .talks, .pauses, .over:
                if choice.percent(10) {
                    vanish(index)
                } else {
                    held[index].phase = phase
                }
            case .unsigned: held[index].phase = .done
            case .fresh, .orphaned, .done: break
            }
        }
    }

    // Its spool

    /// Looks what is new in the spool and what somebody took back.
    func scan() throws {
        let names = try DurableFile.list(outgoing)
        let there = Set(names)
        for index in held.indices where held[index].isOut && !there.contains(Self.file(held[index].id)) {
            held[index].isOut = false
            switch held[index].phase {
            case .fresh, .pauses, .over, .orphaned: held[index].phase = .done
            case .rings, .talks, .unsigned, .done: break
            }
            tell(held[index].id, .moved(.absent))
        }
        let known = Set(held.filter(\.isOut).map { Self.file($0.id) })
        var new: [HeldCall] = []
        for name in names where !known.contains(name) {
            let text = (try? String(contentsOfFile: "\(outgoing)/\(name)", encoding: .utf8)) ?? ""
            guard let call = HeldCall(callFile: text, pages: pages), Self.file(call.id) == name else {
                throw Divergence("\(name) is no call file of one attempt:\n\(text)")
            }
            guard !seen.contains(call.id) else {
                throw Divergence("attempt \(call.id) is published a second time", jobs: Set(call.pages.map(\.job)))
            }
            new.append(call)
        }
        for call in new.sorted(by: { Self.number(of: $0.id) < Self.number(of: $1.id) }) {
            seen.insert(call.id)
            held.append(call)
        }
    }

    /// Random names must not decide what happens next.
    private static func number(of id: String) -> Int { Int(id.prefix { $0 != "-" }) ?? 0 }

    static func file(_ id: String) -> String { "callfax-\(id).call" }

    private func pages(of path: String) -> [PageLedger.Page]? {
        guard let text = try? String(contentsOfFile: path, encoding: .utf8) else { return nil }
        return text.split(separator: "\n").map { line in
            let words = line.split(separator: " ").compactMap { Int($0) }
            return PageLedger.Page(job: words[0], page: words[1])
        }
    }

    /// What is impossible on real lines, if it happened.
    func breach(of rules: ModelRules) -> String? {
        let live = held.filter(\.isLive)
        for trunk in rules.trunks {
            let calls = live.filter { $0.trunk == trunk.name }
            if calls.count > trunk.lines {
                return "\(calls.count) calls on the \(trunk.lines) lines of \(trunk.name): \(calls.map(\.id))"
            }
        }
        let numbers = Dictionary(grouping: live, by: \.number)
        if let two = numbers.values.first(where: { $0.count > 1 }) {
            return "two calls to one number: \(two.map(\.id))"
        }
        var attempts: [Int: String] = [:]
        for call in live {
            for job in Set(call.pages.map(\.job)) {
                if let other = attempts.updateValue(call.id, forKey: job) {
                    return "job \(job) has two attempts under way: \(other) and \(call.id)"
                }
            }
        }
        return nil
    }

    /// Something will happen by itself.
    var isBusy: Bool {
        !pending.isEmpty
            || held.contains { call in
                switch call.phase {
                case .fresh, .rings, .talks, .over, .unsigned: true
                case .pauses, .orphaned, .done: false
                }
            }
    }

    /// The manager interface.
    func hangUp(_ id: String) throws -> Bool {
        guard life != nil else { throw FaxError(.unavailable, "Asterisk is down") }
        guard let index = held.firstIndex(where: { $0.id == id }) else { return false }
        switch held[index].phase {
        case .rings, .talks:
            held[index].isHungUp = true
            return true
        default: return false
        }
    }
}
