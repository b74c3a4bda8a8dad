import FaxModel
import SpoolFiles

extension Scenario.Event {
    /// What has to be so, or to have happened, before the fax is submitted; what went wrong with that, a line each.
    func prepare(_ rig: Rig) async throws -> [String] {
        switch self {
        case .receiverDiskFull:
            try rig.fillDisk(.b)
            return []
        case .strangerCalls(let stranger): return try await StrangerCall(rig: rig, stranger: stranger).run()
        case .receiverHangsUp, .receiverHangsUpUnconfirmed, .killed: return []
        }
    }

    /// What of the event is not as it should be once the fax is over.
    func conclude(_ rig: Rig) async throws -> [String] {
        guard case .strangerCalls(let stranger) = self else { return [] }
        return try await StrangerCall(rig: rig, stranger: stranger).judge()
    }

    /// Waits for the one call that is up, and does to it what the scenario wants.
    func provoke(_ rig: Rig) async throws {
        switch self {
        case .receiverHangsUp(let pages):
            try await Self.waitForPages(pages, rig)
            try await Self.hangUp(rig)
        case .receiverHangsUpUnconfirmed:
            try await RigClock.wait(for: "the line to be cut", seconds: 120) {
                rig.relayed("cut " + ScenarioLine.t38Cut.trunk.name)
            }
            // The sender asks three times whether the page arrived, a few seconds each; the receiver writes it before it answers.
            try await RigClock.wait(for: "the receiver to have the page", seconds: 20) {
                guard let session = try await rig.faxSessions(.b).first(where: { $0.operation == "receive" }) else {
                    return true
                }
                return Int(try await rig.faxSession(.b, session.id)["Rx Pages"] ?? "") ?? 0 >= 1
            }
            try await Self.hangUp(rig)
        case .strangerCalls: break
        case .receiverDiskFull:
            try await rig.waitForLog(.b, "not let in", seconds: 60)
            try rig.emptyDisk(.b)
        case .killed(let sides, let pages):
            try await Self.waitForPages(pages, rig)
            for side in RigSide.allCases where sides.contains(side) { try await rig.killAsterisk(side) }
            for side in RigSide.allCases where sides.contains(side) { try await rig.startAsterisk(side) }
            // Nothing tells a T.38 receiver that its sender is dead: its call would stay until FAXMAXCALL or the session
            // timer ends it.
            if sides == [.a] { try await Self.hangUp(rig) }
        }
    }

    private static func waitForPages(_ pages: Int, _ rig: Rig) async throws {
        let session = try await rig.waitForFaxSession(.a, seconds: 60)
        try await RigClock.wait(for: "page \(pages) to be confirmed", seconds: 120) {
            Int(try await rig.faxSession(.a, session.id)["Tx Pages"] ?? "") ?? 0 >= pages
        }
    }

    private static func hangUp(_ rig: Rig) async throws {
        _ = try await rig.asteriskCLI(.b, "channel request hangup all")
    }
}
