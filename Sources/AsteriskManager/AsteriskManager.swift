package import FaxModel
import Foundation

/// Control of running calls by Asterisk's manager interface (AMI).
///
/// Every call connects, asks and leaves, blocks for three seconds at most, and throws `FaxError.unavailable` with one line
/// when Asterisk doesn't answer. Nothing but hang-up, progress and the live count depends on it.
package struct AsteriskManager: Sendable {
    let account: ManagerAccount
    /// For one use, in all.
    let seconds: Double

    package init(_ account: ManagerAccount, seconds: Double = 3) {
        self.account = account
        self.seconds = seconds
    }

    /// All live channels that carry attempts of ours, ringing ones included.
    package func calls() throws(FaxError) -> [LiveCall] {
        var session = try ManagerSession.open(account, seconds: seconds)
        return try calls(&session)
    }

    /// Hangs an attempt's call up, having told it why (`FAXENDED`, which its report repeats): false when there is none.
    package func hangUp(_ attempt: AttemptID, why: String) throws(FaxError) -> Bool {
        var session = try ManagerSession.open(account, seconds: seconds)
        let ours = try calls(&session).filter { $0.attempt == attempt }
        var found = false
        for call in ours {
            // Without it the report only lacks the reason.
            _ = try session.ask("Setvar", ["Channel": call.channel, "Variable": "FAXENDED", "Value": why])
            let answer = try session.ask("Hangup", ["Channel": call.channel, "Cause": "16"])
            if answer.isSuccess { found = true }
            // The call may be over by itself meanwhile.
            if !answer.isSuccess, answer["Message"] != "No such channel" { throw session.refusal("Hangup", answer) }
        }
        return found
    }

    /// How far each running transmission has come.
    package func progress() throws(FaxError) -> [FaxProgress] {
        var session = try ManagerSession.open(account, seconds: seconds)
        let attempts = try Dictionary(
            calls(&session).map { ($0.channel, $0.attempt) }, uniquingKeysWith: { first, _ in first })
        let running = try session.list("FAXSessions", entry: "FAXSessionsEntry", end: "FAXSessionsComplete")
        var found: [FaxProgress] = []
        for entry in running {
            // Before that spandsp has nothing to tell yet (res_fax_spandsp.c).
            guard entry["State"] == "Active", let channel = entry["Channel"], let attempt = attempts[channel],
                let number = entry["SessionNumber"], number.utf8.allSatisfy({ (48...57).contains($0) })
            else { continue }
            guard try session.ask("FAXSession", ["SessionNumber": number]).isSuccess else { continue }
            let fax = try session.event("FAXSession")
            found.append(
                FaxProgress(
                    attempt: attempt, pagesDone: max(0, fax["PagesTransmitted"].flatMap { Int($0) } ?? 0),
                    rate: fax["DataRate"].flatMap { Int($0) },
                    hasAnswer: fax["ImageResolution"].map { $0 != "0x0" && !$0.isEmpty } ?? false))
        }
        return found
    }

    private func calls(_ session: inout ManagerSession) throws(FaxError) -> [LiveCall] {
        let channels = try session.list(
            "CoreShowChannels", entry: "CoreShowChannel", end: "CoreShowChannelsComplete")
        let named = channels.filter { $0["Channel"]?.isEmpty == false }
        // Asked in one go, answered in the same order.
        for channel in named {
            try session.send("Getvar", ["Channel": channel["Channel"] ?? "", "Variable": "FAXATTEMPT"])
        }
        var calls: [LiveCall] = []
        for channel in named {
            let answer = try session.response()
            guard let text = answer["Value"], let attempt = AttemptID(text) else { continue }
            calls.append(
                LiveCall(
                    attempt: attempt, channel: channel["Channel"] ?? "", isUp: channel["ChannelStateDesc"] == "Up"))
        }
        return calls
    }
}
