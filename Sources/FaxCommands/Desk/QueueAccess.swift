import FaxModel
import FaxSettings
import Foundation

/// The way to the queue.
protocol QueueAccess: Sendable {
    func ask<Command: DeskCommand>(_ command: Command) async throws -> Command.Answer
}

/// In this process, as the user that the spool belongs to: the administrator of it all.
struct DirectAccess: QueueAccess {
    let desk: QueueDesk

    init(_ site: Installation) {
        desk = QueueDesk(site: site, caller: Caller(name: Self.userName, isAdministrator: true))
    }

    func ask<Command: DeskCommand>(_ command: Command) async throws -> Command.Answer {
        try await OwnQueue.sending.run { try command.answer(at: desk) }
    }

    /// The name of the user that this process runs as, or the number.
    static var userName: String { getpwuid(getuid()).map { String(cString: $0.pointee.pw_name) } ?? "\(getuid())" }
}
