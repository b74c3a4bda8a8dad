import ArgumentParser
import FaxModel
import FaxRig
import Foundation

/// `fax-rig story`: what happened in the fax calls of a server's log, in plain words.
struct RigStory: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "story", abstract: "Tells what happened in the fax calls of an Asterisk log, in plain words.",
        discussion: """
            The log is Asterisk's own, mostly /var/log/asterisk/full. It tells most after "fax set debug on" and with the \
            level fax in logger.conf; "pjsip set logger on", or a capture of tcpdump's, adds what the network did.
            """)

    @Argument(help: "Asterisk's log; - for standard input.") var log: String
    @Option(
        help: ArgumentHelp("Only calls with that in them: C-0000002a, an attempt's id, a number.", valueName: "text"))
    var call: String?
    @Option(help: ArgumentHelp("What tcpdump -w has written at the same time.", valueName: "file")) var capture: String?
    @Flag(help: "The log's times are in UTC, not in this machine's time zone.") var utc = false
    @Flag(help: "Add the log and the SIP messages themselves.") var evidence = false

    func run() async throws {
        let handle = log == "-" ? FileHandle.standardInput : FileHandle(forReadingAtPath: log)
        guard let handle, let bytes = try handle.readToEnd() else {
            throw FaxError(.noInput, "\(log) can't be read, or is empty")
        }
        let year = Int32(Calendar(identifier: .gregorian).component(.year, from: Date()))
        let text = AsteriskLog(Array(bytes), zone: utc ? .utc : .local, year: year)
        let stories = try LoggedStories(log: text, trace: capture.map { try PacketTrace(path: $0) })
        let chosen = stories.all.filter { call == nil || $0.mentions(call ?? "") }
        guard !chosen.isEmpty else {
            throw FaxError(
                .data, "\(log) has no fax call" + (call.map { " with \(quoted($0)) in it" } ?? ""))
        }
        for one in chosen { Terminal.print(evidence ? one.story.text + one.evidence : one.story.text) }
        if !stories.hasT30 {
            Terminal.complain(
                "fax-rig: nothing in it tells what the fax machines said: asterisk -rx \"fax set debug on\", and the level fax "
                    + "in logger.conf")
        }
    }
}
