import FaxModel
import FaxRig
import Foundation

/// What happened in the call of a run, in plain words, out of Asterisk's log.
struct ProbeStory {
    /// Phase by phase, with the likely reason; or one line that says why it can't be told.
    var text: String
    /// The log's lines and the SIP messages that it was told by.
    var evidence = ""

    /// Seconds before and after a call in which its number may be an older call's: Asterisk counts from 0 at each start.
    private static let margin = 120.0

    /// Seconds after the answer in which the machines need not have said anything.
    private static let firstWords = 5.0

    /// `log` is the path of Asterisk's log, `isDelivered` whether the far machine confirmed every page.
    init(of attempt: Attempt, to number: FaxNumber, log path: String, isDelivered: Bool) {
        // A fax that went in another one's call is told by that.
        let id = attempt.carrier ?? attempt.id
        do throws(FaxError) {
            let excerpt = try AsteriskLogExcerpt(path: path, attempt: id).bytes
            let year = Int32(Calendar(identifier: .gregorian).component(.year, from: Date()))
            var log = AsteriskLog(excerpt, year: year)
            log.calls = log.calls.map { Self.part(of: $0, about: id, seconds: Double(attempt.longestCall)) }
            let stories = LoggedStories(log: log, trace: nil, cause: isDelivered ? nil : attempt.cause)
            guard let told = stories.all.first(where: { $0.mentions("\(id)") }) else {
                text = Self.unknown(
                    "\(path) has nothing about call \(id). It tells it with verbose and fax among its levels in logger.conf, "
                        + "after \(Self.switchOn)")
                return
            }
            var story = told.story
            // Asterisk doesn't log it for calls that nobody answers.
            story.title.replace("an unknown number", with: number.digits)
            if isDelivered { story.reason = Self.behind }
            text = story.text
            if attempt.lineSeconds ?? 0 >= Self.firstWords, !stories.hasT30 {
                text +=
                    "  What the machines said is not in \(path): it needs fax among its levels in logger.conf, and "
                    + "\(Self.switchOn)\n"
            }
            evidence = told.evidence
        } catch {
            text = Self.unknown("\(error.message). Name Asterisk's log in the settings (asterisk.log), readable for us")
        }
    }

    private static let switchOn = "asterisk -rx \"fax set debug on\""

    private static func unknown(_ why: String) -> String { "what the two machines said is not known: \(why)\n" }

    private static let behind = LikelyReason(
        "The far machine confirmed every page: what is wrong lies behind it.",
        "On the receiving server fax-inbox list shows the fax and what became of its message.")

    /// Without what an older call of the same number left.
    private static func part(of call: AsteriskLog.Call, about id: AttemptID, seconds: Double) -> AsteriskLog.Call {
        guard let time = call.lines.first(where: { $0.message.contains("\(id)") })?.time else { return call }
        let lines = call.lines.filter { abs($0.time - time) <= seconds + margin }
        return AsteriskLog.Call(id: call.id, lines: lines)
    }
}
