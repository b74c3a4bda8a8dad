import FaxModel

/// What a soak does: how many calls it keeps up, for how long, and whether things go wrong meanwhile.
package struct SoakPlan: Sendable {
    package var lines: Int
    package var minutes: Int
    package var hasFaults: Bool
    /// The same one sends the same faxes and meets the same faults again, at the same seconds.
    package var seed: String

    package init(lines: Int, minutes: Int, hasFaults: Bool, seed: String) {
        self.lines = lines
        self.minutes = minutes
        self.hasFaults = hasFaults
        self.seed = seed
    }

    /// One fax of the mixture.
    package struct Fax: Hashable, Sendable {
        package var number: String
        package var document: SoakDocument
    }

    /// Most go to fax machines; one in eight to somebody who is none.
    func fax(_ numbers: inout SeededNumbers) -> Fax {
        let document = numbers.pick(SoakDocument.mixture)
        let others: [FarEnd] = [.busy, .rejected, .noSuchNumber, .hangsUp, .congestion]
        let isOther = numbers.within(0...7) == 0
        let number = isOther ? numbers.pick(others).rawValue : "5550\(100 + numbers.within(0...(4 * lines)) % 900)"
        return Fax(number: number, document: document)
    }

    /// When what goes wrong, in seconds from the start: one after the other, the last one three minutes before the end so
    /// that what it broke can still be tried again.
    var faults: [(second: Int, fault: SoakFault)] {
        guard hasFaults else { return [] }
        var numbers = SeededNumbers("faults " + seed)
        var faults: [(Int, SoakFault)] = []
        var left: [SoakFault] = []
        for second in stride(from: 45, to: max(46, 60 * minutes - 180), by: 60) {
            // Each kind once before any comes again.
            if left.isEmpty { left = SoakFault.allCases.shuffled(using: &numbers) }
            faults.append((second, left.removeFirst()))
        }
        return faults
    }

    /// The sending side: failures that are tried again soon, and given up within minutes.
    package var settings: SettingsTree {
        let soon: SettingsTree = ["delay": 5, "growth": 1, "limit": 3, "hold_number": false]
        let ours: SettingsTree = ["delay": 2, "growth": 1, "limit": 0]
        let far: [Cause] = [
            .dialBusy, .dialNoAnswer, .dialFailed, .dialCongestion, .dialRejected, .handshakeNoFax, .handshakeTrain,
            .handshakeHangup, .t38Negotiation, .pageDropped, .pageNoResponse, .pageECM, .pageMissing,
        ]
        let near: [Cause] = [
            .localEngine, .localGate, .localNoReport, .localLost, .localNoTrunk, .localDown, .localPublish,
        ]
        let causes = Dictionary(
            uniqueKeysWithValues: far.map { ($0.rawValue, soon) } + near.map { ($0.rawValue, ours) })
        return [
            "lines": .number(Int64(lines)), "retry": ["cooldown": 0, "deadline": 900, "causes": .map(causes)],
        ]
    }
}

/// What is sent.
package enum SoakDocument: String, CaseIterable, Sendable {
    case shortPage
    case denseLetter
    case threePages
    case tenPages

    /// Half of all faxes are one page, as in an office.
    static let mixture: [SoakDocument] = [
        .shortPage, .shortPage, .shortPage, .denseLetter, .denseLetter, .threePages, .threePages, .tenPages,
    ]

    package var pages: Int {
        switch self {
        case .shortPage, .denseLetter: 1
        case .threePages: 3
        case .tenPages: 10
        }
    }
}
