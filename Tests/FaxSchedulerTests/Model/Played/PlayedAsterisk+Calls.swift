import FaxModel
import Foundation
import SpoolFiles

extension PlayedAsterisk {
    // What happens next

    /// One thing that Asterisk, a far end or a slow fax-agi does. While a pass runs nothing new is picked up: whether
    /// Asterisk reads a file before it is taken back, only Asterisk knows.
    func act(duringPass: Bool = false) throws {
        var deeds: [(Int, () throws -> Void)] = []
        for index in held.indices {
            let call = held[index]
            switch call.phase {
            case .fresh where life != nil && !duringPass:
                deeds.append((8, { try self.dial(index) }))
                deeds.append((1, { try self.refuseFile(index) }))
            case .rings:
                deeds.append((call.isHungUp ? 30 : 4, { try self.giveUp(index) }))
                deeds.append((call.isHungUp ? 1 : 9, { try self.answer(index) }))
            case .talks: deeds.append((call.isHungUp ? 30 : 8, { try self.endTalk(index) }))
            case .over: deeds.append((6, { try self.letGo(index) }))
            case .unsigned(let status): deeds.append((4, { try self.sign(index, status) }))
            case .orphaned where life != nil && !duringPass: deeds.append((1, { try self.redial(index) }))
            case .fresh, .pauses, .orphaned, .done: break
            }
        }
        for index in pending.indices {
            deeds.append((2, { try self.write(self.pending.remove(at: index)) }))
        }
        guard !deeds.isEmpty else { return }
        try choice.weighed(deeds)()
    }

    /// Time goes by: nothing rings or talks for longer than its call file allows.
    func elapse(to moment: Int64) throws {
        while let index = held.indices.filter({ held[$0].ends ?? .max <= moment }).min(by: {
            held[$0].ends! < held[$1].ends!
        }) {
            clock.advance(to: held[index].ends!)
            clock.tick()
            switch held[index].phase {
            case .rings: try unanswered(index, .noAnswer)
            case .talks: try finish(index, .timeout)
            default: try dial(index)
            }
        }
        clock.advance(to: moment)
    }

    // Dialling

    func dial(_ index: Int) throws {
        let noted = clock.date / 1000
        held[index].dials += 1
        let call = held[index]
        guard try append("\nStartRetry: \(identity.pid) \(call.dials) (\(noted + call.retryPause / 1000))\n", to: call)
        else {
            held[index].phase = .done
            return
        }
        held[index].channel = newChannel()
        held[index].phase = .rings(until: clock.steady + call.wait)
        tell(call.id, .dials(noted: noted * 1000))
    }

    /// After a crash, another time for the same attempt.
    private func redial(_ index: Int) throws {
        tally["redialled", default: 0] += 1
        held[index].isRedialled = true
        _ = try append("\nAbortRetry: \(identity.pid) \(held[index].dials) (\(clock.date / 1000))\n", to: held[index])
        try dial(index)
    }

    /// Ends without a channel: no such trunk, a stop under way, a file that Asterisk can't use, or one that disappears.
    private func refuseFile(_ index: Int) throws {
        switch choice.below(4) {
        case 0:
            if choice.percent(80) {
                try send(
                    PlayedReport(
                        attempt: held[index].id, channel: newChannel(), isHandlers: false, end: .noChannel))
            }
            held[index].phase = .over("Expired")
            try letGo(index)
        case 1:
            held[index].phase = .over("Failed")
            try letGo(index)
        case 2:
            held[index].phase = .over("Expired")
            try letGo(index)
        default: vanish(index)
        }
    }

    private func giveUp(_ index: Int) throws {
        try unanswered(index, held[index].isHungUp ? .hungUp : choice.weighed(FarEnd.unanswered))
    }

    private func unanswered(_ index: Int, _ end: FarEnd) throws {
        let call = held[index]
        try send(PlayedReport(attempt: call.id, channel: call.channel, isHandlers: true, end: end))
        if choice.percent(50) {
            clock.tick()
            try send(PlayedReport(attempt: call.id, channel: newChannel(), isHandlers: false, end: .noChannel))
        }
        if call.dials <= call.retries, !call.isHungUp {
            _ = try append("\nEndRetry: \(identity.pid) \(call.dials) (\(clock.date / 1000))\n", to: call)
            held[index].phase = .pauses(
                until: clock.steady + call.retryPause + Int64(choice.below(Int(call.retryPause))))
        } else {
            held[index].phase = .over("Expired")
            if choice.percent(75) { try letGo(index) }
        }
    }

    // Talking

    func answer(_ index: Int) throws {
        let call = held[index]
        held[index].phase = .over("Completed")
        // fax-agi is missing: nobody asks, and nobody says anything afterwards.
        if choice.percent(3) { return }
        let date = clock.date
        let channel = AGIChannel(spool: spool, uniqueid: call.channel, channel: "PJSIP/trunk-\(call.channel)")
        let gate = try channel.run(
            ["start", call.id], asterisk: identity, now: UnixTime(milliseconds: date))
        let isLetGo = gate == "go-\(call.id)"
        tally[isLetGo ? "gate passed" : "gate refused", default: 0] += 1
        tell(call.id, .asked(channel: call.channel, at: date, life: life ?? 0, isLetGo: isLetGo))
        guard isLetGo else {
            try send(PlayedReport(attempt: call.id, channel: call.channel, isHandlers: true, end: .refused))
            if choice.percent(75) { try letGo(index) }
            return
        }
        if let wrong = ledger.begin(call.id, call.pages) { throw Divergence(wrong, jobs: Set(call.pages.map(\.job))) }
        held[index].phase = .talks(until: clock.steady + call.timeout)
    }

    private func endTalk(_ index: Int) throws {
        try finish(index, held[index].isHungUp ? .cancelled : choice.weighed(FarEnd.transmitted))
        if choice.percent(75) { try letGo(index) }
    }

    func finish(_ index: Int, _ end: FarEnd) throws {
        let call = held[index]
        let total = call.pages.count
        let confirmed =
            switch end.confirmed {
            case .none: 0
            case .all: total
            case .allButLast: total - 1
            case .some: choice.below(total)
            }
        held[index].phase = .over("Completed")
        try send(
            PlayedReport(
                attempt: call.id, channel: call.channel, isHandlers: true, end: end, confirmed: confirmed,
                usedAudio: choice.percent(20), rate: choice.pick([nil, 14400, 9600, 4800, 7200])))
    }

    // Letting go

    func letGo(_ index: Int) throws {
        guard case .over(let status) = held[index].phase else { return }
        let call = held[index]
        switch choice.weighed([(86, 0), (6, 1), (4, 2), (4, 3)]) {
        case 1: return vanish(index)
        case 2:
            // It stays there for ever.
            tally["file left", default: 0] += 1
            held[index].phase = .done
            return
        case 3 where move(call):
            held[index].phase = .unsigned(status)
            held[index].isOut = false
            tell(call.id, .moved(.archived(status: nil)))
        case _ where move(call):
            held[index].isOut = false
            try sign(index, status)
        default: held[index].phase = .done
        }
    }

    private func move(_ call: HeldCall) -> Bool {
        let name = Self.file(call.id)
        return rename("\(outgoing)/\(name)", "\(done)/\(name)") == 0
    }

    private func sign(_ index: Int, _ status: String) throws {
        let id = held[index].id
        held[index].phase = .done
        if try append("\nStatus: \(status)\n", toFile: "\(done)/\(Self.file(id))") {
            tally["file \(status)", default: 0] += 1
            tell(id, .moved(.archived(status: status)))
        }
    }

    func vanish(_ index: Int) {
        let id = held[index].id
        tally["file vanished", default: 0] += 1
        unlink("\(outgoing)/\(Self.file(id))")
        held[index].phase = .done
        held[index].isOut = false
        tell(id, .moved(.absent))
    }

    private func append(_ text: String, to call: HeldCall) throws -> Bool {
        try append(text, toFile: "\(outgoing)/\(Self.file(call.id))")
    }

    /// false where there is no such file any more.
    private func append(_ text: String, toFile path: String) throws -> Bool {
        let file = open(path, O_WRONLY | O_APPEND | O_CLOEXEC)
        guard file >= 0 else {
            if errno == ENOENT { return false }
            throw FaxError(.inputOutput, "\(path) can't be opened", errno: errno)
        }
        defer { close(file) }
        let bytes = Array(text.utf8)
        guard Foundation.write(file, bytes, bytes.count) == bytes.count else {
            throw FaxError(.inputOutput, "\(path) can't be written", errno: errno)
        }
        return true
    }
}
