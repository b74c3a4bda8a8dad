import FaxModel
import SpoolFiles

/// What may go wrong on two servers in the middle of a working day.
package enum SoakFault: String, CaseIterable, Sendable {
    case senderAsteriskKilled
    case receiverAsteriskKilled
    case senderFaxdKilled
    case receiverFaxdKilled
    case mailServerDown
    case packetsLost
    case receiverDiskFull

    /// Seconds until it is over.
    var seconds: Int {
        switch self {
        case .senderAsteriskKilled, .receiverAsteriskKilled, .senderFaxdKilled, .receiverFaxdKilled: 1
        case .mailServerDown, .packetsLost, .receiverDiskFull: 20
        }
    }

    func begin(_ rig: Rig) async throws {
        switch self {
        case .senderAsteriskKilled: try await rig.killAsterisk(.a)
        case .receiverAsteriskKilled: try await rig.killAsterisk(.b)
        case .senderFaxdKilled: try await rig.killFaxd(.a)
        case .receiverFaxdKilled: try await rig.killFaxd(.b)
        case .mailServerDown: try await rig.stopMail()
        case .packetsLost: for side in RigSide.allCases { try await rig.impair(side, losing: 10) }
        case .receiverDiskFull:
            try rig.fillDisk(.b)
        }
    }

    func end(_ rig: Rig) async throws {
        switch self {
        case .senderAsteriskKilled: try await rig.startAsterisk(.a)
        case .receiverAsteriskKilled: try await rig.startAsterisk(.b)
        case .senderFaxdKilled: try await rig.startFaxd(.a)
        case .receiverFaxdKilled: try await rig.startFaxd(.b)
        case .mailServerDown: try await rig.startMail()
        case .packetsLost: for side in RigSide.allCases { try await rig.impair(side, losing: 0) }
        case .receiverDiskFull: try rig.emptyDisk(.b)
        }
    }
}
