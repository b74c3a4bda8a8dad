package import ArgumentParser
import FaxModel
import FaxRig
import Foundation

/// `fax-rig`: two Asterisk servers on this machine that fax each other.
package struct RigTool: Tool {
    package static let configuration = CommandConfiguration(
        commandName: "fax-rig", abstract: "Runs two Asterisk servers on this machine that fax each other.",
        discussion: """
            Side a sends, side b receives: 5550000 to 5550999 are fax machines, 5551001 is busy, 5551002 rings for ever, \
            5551003 rejects, 5551004 doesn't exist, 5551005 answers and is dead, 5551006 answers and is silent, 5551007 \
            hangs up, 5551008 has no line, 5551009 isn't there, 5551010 declines, 5551011 speaks. 5551012 and 5551013 are fax \
            machines after some seconds of tones, 5551014 has tones before it answers.
            """,
        subcommands: [
            RigUp.self, RigDown.self, RigStatusCommand.self, RigSend.self, RigDemo.self, RigLogs.self, RigConsole.self,
            RigRun.self, RigPrepare.self, RigSoak.self, RigValidate.self, RigStory.self,
        ])

    package init() {}
}

extension RigOptions.AsteriskSource: ExpressibleByArgument {}

/// Which rig, and what it is made of.
struct RigOption: ParsableArguments {
    @Option(name: .customLong("rig"), help: ArgumentHelp("Name of the rig.", valueName: "name")) var name = "main"

    static let asteriskHelp = ArgumentHelp(
        "debian: the newest that Debian has, in a root of its own; oldest: the oldest that it still has; path: the host's. "
            + "automatic is debian for root and path for others.", valueName: "source")

    func rigName() throws(FaxError) -> RigName { try RigName(parsing: name) }

    func attach() throws(FaxError) -> Rig { try Rig.attach(rigName(), checkout: Self.checkout) }

    /// Both sides with their faxd, so that faxes move by themselves.
    func options() throws(FaxError) -> RigOptions {
        var options = RigOptions(name: try rigName(), checkout: try Self.checkout, programs: try Self.programs)
        options.faxd = [.a, .b]
        return options
    }

    /// The source tree whose dialplan and templates the rig runs.
    static var checkout: String {
        get throws(FaxError) {
            let home = ProcessInfo.processInfo.environment["CALLFAX_HOME"] ?? FileManager.default.currentDirectoryPath
            guard FileManager.default.fileExists(atPath: home + "/dialplan/callfax.conf") else {
                throw FaxError(
                    .usage, "\(home): no dialplan there; call ./run fax-rig, or set CALLFAX_HOME to the source tree")
            }
            return home
        }
    }

    /// Our programs: beside this one in a build, in PREFIX/bin, sbin and libexec when installed.
    static var programs: RigPrograms {
        get throws(FaxError) {
            let own = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
            guard let own = own ?? Bundle.main.executablePath else {
                throw FaxError(.software, "can't find my own executable")
            }
            let bin = URL(fileURLWithPath: own).deletingLastPathComponent()
            func find(_ name: String, _ installed: String) -> String {
                let beside = bin.appendingPathComponent(name).path
                let elsewhere = bin.deletingLastPathComponent().appendingPathComponent(installed).path
                return FileManager.default.fileExists(atPath: beside) ? beside : elsewhere
            }
            return RigPrograms(
                callfax: own, faxd: find("faxd", "sbin/faxd"), faxAGI: find("fax-agi", "libexec/callfax/fax-agi"))
        }
    }
}

/// `fax-rig up`
struct RigUp: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "up", abstract: "Brings the rig up.")

    @OptionGroup var rig: RigOption
    @Option(help: RigOption.asteriskHelp) var asterisk = RigOptions.AsteriskSource.automatic

    func run() async throws {
        var options = try rig.options()
        options.asterisk = asterisk
        let up = try await Rig.upToStay(options) { Terminal.complain("fax-rig: \($0)") }
        Terminal.complain("fax-rig: up in \(up.layout.directory)")
    }
}

/// `fax-rig down`
struct RigDown: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "down", abstract: "Takes the rig down, also what is left of a killed one.")

    @OptionGroup var rig: RigOption
    @Flag(help: "All rigs of this source tree that nobody is working with.") var all = false
    @Option(help: ArgumentHelp("With --all: only rigs whose names begin so.", valueName: "prefix")) var named = ""
    @Option(help: ArgumentHelp("With --all: keep the logs of each below this directory.", valueName: "directory"))
    var save: String?

    func run() async throws {
        if all {
            if let save { try keepLogs(in: save) }
            let say: @Sendable (String) -> Void = { Terminal.complain("fax-rig: \($0)") }
            for name in try await Rig.downAll(checkout: RigOption.checkout, prefix: named, say: say) {
                say("\(name) is down")
            }
        } else if try await Rig.down(rig.rigName(), checkout: RigOption.checkout) {
            Terminal.complain("fax-rig: down")
        } else {
            Terminal.complain("fax-rig: was not up")
        }
    }
}

extension RigDown {
    private func keepLogs(in directory: String) throws {
        let base = URL(fileURLWithPath: directory).path
        for name in try Rig.names(checkout: RigOption.checkout) where name.text.hasPrefix(named) {
            try Rig.attach(name, checkout: RigOption.checkout).saveLogs(to: base + "/" + name.text)
        }
    }
}

/// `fax-rig status`
struct RigStatusCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "status", abstract: "What of the rig is running.")

    @OptionGroup var rig: RigOption
    @Flag(help: "One JSON object.") var json = false

    func run() async throws {
        let status = try await rig.attach().status()
        if json { return Terminal.print(try JSONOutput.line(status)) }
        func number(_ pid: Int32?) -> String { pid.map { "\($0)" } ?? "not running" }
        Terminal.print("rig \(status.name) in \(status.directory), \(status.network.rawValue)")
        for (name, side) in [("a", status.a), ("b", status.b)] {
            Terminal.print(
                "\(name) \(side.address): asterisk \(number(side.asterisk)), faxd \(number(side.faxd)), "
                    + "\(side.channels ?? 0) channels")
        }
        if let mail = status.mail { Terminal.print("mail server on b: \(mail ? "running" : "not running")") }
    }
}

/// `fax-rig logs`
struct RigLogs: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "logs", abstract: "Prints a side's logs.")

    @OptionGroup var rig: RigOption
    @Argument(help: "a or b") var side: RigSide

    func run() async throws {
        for path in try rig.attach().logs(side) {
            guard let data = FileManager.default.contents(atPath: path) else { continue }
            Terminal.print("==> \(path)\n" + String(decoding: data, as: UTF8.self))
        }
    }
}

/// `fax-rig console`
struct RigConsole: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "console", abstract: "Asterisk's console on a side.")

    @OptionGroup var rig: RigOption
    @Argument(help: "a or b") var side: RigSide

    func run() async throws { try Replace.process(with: rig.attach().console(side)) }
}

/// `fax-rig run`: a tool with a side's settings, as its user.
struct RigRun: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run", abstract: "Runs one of our tools with the rig's settings.",
        discussion: "fax-inbox runs on side b, the others on side a, unless --side says otherwise.")

    @OptionGroup var rig: RigOption
    @Option(help: "a or b") var side: RigSide?
    @Argument var tool: String
    @Argument(parsing: .captureForPassthrough) var arguments: [String] = []

    func run() async throws {
        let up = try rig.attach()
        let side = side ?? (tool == "fax-inbox" ? .b : .a)
        // The side's user can't read everybody's files: what is to be sent is handed over first.
        let handed = try FileHandover(rig: up, side: side).arguments(tool == "fax-send" ? arguments : [])
        try Replace.process(with: up.commandLine(side, tool, tool == "fax-send" ? handed : arguments))
    }
}

/// `fax-rig prepare`: everything slow that later commands would do on first use.
struct RigPrepare: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "prepare", abstract: "Makes the roots with Asterisk and the mail server, once.")

    func run() async throws { try await Rig.prepare { Terminal.complain("fax-rig: \($0)") } }
}

extension RigSide: ExpressibleByArgument {}

/// This process becomes another program.
enum Replace {
    static func process(with arguments: [String]) throws -> Never {
        var pointers: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) }
        pointers.append(nil)
        signal(SIGPIPE, SIG_DFL)
        execv(arguments[0], &pointers)
        throw FaxError(.unavailable, "\(arguments[0]): \(String(cString: strerror(errno)))", errno: errno)
    }
}
