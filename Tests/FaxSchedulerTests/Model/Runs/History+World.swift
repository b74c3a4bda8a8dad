extension History {
    /// What Asterisk does becomes known to the model, which says whether it may be so.
    func hear(of id: String, _ fact: CallFact) {
        let call = model.calls[id]
        let jobs = (call ?? model.unknown[id]?.call)?.parts.map(\.job) ?? []
        switch fact {
        case .dials(let noted):
            note("\(id) is dialled, noted \(HistoryTrace.seconds(noted))", jobs: jobs)
            model.learn(of: id) { $0.place = .outgoing(dialled: noted) }
        case .asked(let channel, let at, let life, let isLetGo):
            note("\(id) on \(channel) is \(isLetGo ? "let go" : "refused")", jobs: jobs)
            if isLetGo, call?.gate != .open {
                fail(
                    "attempt \(id) was let go, and its gate is \(call.map { "\($0.gate)" } ?? "nobody's")",
                    jobs: Set(jobs))
            }
            if !isLetGo, call?.gate == .open, !isClosing(id) {
                fail("attempt \(id) was refused, and nobody closed its gate", jobs: Set(jobs))
            }
            model.learn(of: id) { call in
                guard call.gate == .open else { return }
                call.gate = isLetGo ? .taken(channel: channel, at: at, life: life) : .closed
            }
        case .reported(let channel, let report):
            let what = "\(report.end.name), \(report.confirmed) pages, at \(HistoryTrace.seconds(report.at))"
            note("\(id) on \(channel) reports \(report.isHandlers ? what : "no channel")", jobs: jobs)
            model.learn(of: id) { $0.reports[channel] = report }
        case .moved(let place):
            note("\(id): its file is \(place)", jobs: jobs)
            model.learn(of: id) { $0.place = place }
        }
    }

    /// The pass that runs may have closed it just now.
    private func isClosing(_ id: String) -> Bool {
        guard let pass, !pass.isApplied.contains(id), case .close = pass.judged[id] else { return false }
        return true
    }

    /// In the middle of a pass.
    func meanwhile() throws {
        guard var choice = pass?.race else { return }
        for _ in 0...choice.below(3) {
            clock.tick()
            asterisk.choice = choice
            switch choice.weighed([(6, 0), (2, 1), (1, 2), (1, 3)]) {
            case 0:
                asterisk.choice = choice
                try asterisk.act(duringPass: true)
                choice = asterisk.choice
            case 1: try cancel(&choice)
            case 2: try hold(&choice, choice.percent(50))
            default: try resolve(&choice)
            }
        }
    }

    /// Everything is well from now on: each fax has to come to its end.
    func settleDown() throws {
        isDiskFull = false
        closedUntil = [:]
        forbidden = []
        for job in model.unfinished where job.isHeld { try hold(job.id, false) }
        var choice = Choice(UInt32(truncatingIfNeeded: stepsDone))
        for _ in 0..<20_000 {
            clock.tick()
            try asterisk.start()
            model.life = asterisk.life
            trace.begin(stepsDone, .pass, at: clock.date)
            try runPass()
            try compare()
            if model.unfinished.isEmpty { return try expectHonestEnds() }
            clock.tick()
            asterisk.choice = choice
            for _ in 0..<40 where asterisk.isBusy { try asterisk.act() }
            choice = asterisk.choice
            try compare()
            try asterisk.elapse(to: clock.steady + pauseUntilSomethingIsDue())
        }
        let left = model.unfinished
        throw Divergence("\(left.count) faxes never end", jobs: Set(left.map(\.id)))
    }

    private func pauseUntilSomethingIsDue() -> Int64 {
        let isQuiet = !asterisk.held.contains(where: \.isLive) && model.calls.isEmpty
        guard isQuiet else { return 25_000 }
        let moments = model.unfinished.map { max($0.due, model.numberFree[$0.number] ?? .min) }
        return max(1000, (moments.min() ?? clock.date) - clock.date)
    }
}
