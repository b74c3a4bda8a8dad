import AsteriskManager
import FaxModel
import FaxSettings

extension Settings {
    /// Control of running calls; nil where the settings name no manager interface.
    var manager: AsteriskManager? {
        asterisk.manager.map { manager in
            AsteriskManager(
                ManagerAccount(
                    host: manager.host, port: manager.port, user: manager.user, secretFile: manager.secretFile))
        }
    }
}

/// Ends calls that were answered by something that never speaks as a fax machine does: silence costs a line for as long as
/// the far end likes.
struct SilenceWatch: Sendable {
    let manager: AsteriskManager

    /// Hangs up what has been silent for `limit` seconds; one line for each call, for the log. Blocks.
    func runOnce(limit: Int = 60) throws(FaxError) -> [String] {
        let calls = try manager.calls()
        guard calls.contains(where: { $0.isUp && $0.seconds >= limit }) else { return [] }
        var ended: [String] = []
        for attempt in AsteriskManager.silent(calls, try manager.progress(), limit: limit) {
            guard try manager.hangUp(attempt, why: "silent") else { continue }
            ended.append("attempt \(attempt): no fax machine spoke for \(limit) s; hung up")
        }
        return ended
    }
}
