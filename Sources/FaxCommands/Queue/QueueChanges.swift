import ArgumentParser
import FaxModel
import FaxSettings
import FaxStore

/// The jobs that a change is about: by number, or all unfinished ones that fit the conditions.
struct JobChoice: ParsableArguments {
    @Argument(help: "The jobs' numbers.") var ids: [Int64] = []
    @Flag(help: "All unfinished jobs that fit the conditions.") var all = false
    @OptionGroup(title: "Conditions for --all") var which: JobConditions

    func validate() throws {
        if ids.isEmpty != all { throw ValidationError("name jobs by their numbers, or say --all with conditions") }
        if !all, !which.isEmpty { throw ValidationError("conditions are for --all") }
    }

    func jobs(_ access: any QueueAccess, _ settings: Settings) async throws -> [Int64] {
        guard all else { return ids }
        var filter = try which.filter(settings, limit: 1_000_000)
        filter.unfinished = true
        return try await access.jobs(filter).map(\.id)
    }
}

extension QueueOptions {
    /// Asks for each job in turn and tells what came of it. One number that doesn't exist is no reason to keep the others;
    /// the first refusal is thrown at the end.
    func change<Command: DeskCommand>(
        _ choice: JobChoice, _ command: (Int64) -> Command, say: (Job) -> String
    ) async throws where Command.Answer == Job {
        let settings = try settings()
        let access = try access(settings)
        let times = TimeText(settings.timeZone)
        var refusals: [any Error] = []
        for id in try await choice.jobs(access, settings) {
            do {
                let job = try await access.ask(command(id))
                Terminal.print(json ? try JSONOutput.line(JobView(job, times: times)) : "job \(id): \(say(job))")
            } catch {
                refusals.append(error)
            }
        }
        for refusal in refusals.dropFirst() { Terminal.complain("fax-queue: \(refusal)") }
        if let first = refusals.first { throw first }
    }
}

/// `fax-queue hold ID…`
struct QueueHold: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "hold", abstract: "Keeps jobs back until they are released.",
        discussion: "A call that is under way goes on; no other follows it.")

    @OptionGroup var options: QueueOptions
    @OptionGroup var choice: JobChoice

    func run() async throws {
        try await options.change(choice, { HoldJob(id: $0, held: true) }, say: { _ in "held" })
    }
}

/// `fax-queue release ID…`
struct QueueRelease: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "release", abstract: "Lets held jobs go again.")

    @OptionGroup var options: QueueOptions
    @OptionGroup var choice: JobChoice

    func run() async throws {
        try await options.change(choice, { HoldJob(id: $0, held: false) }, say: { _ in "released" })
    }
}

/// `fax-queue cancel ID…`
struct QueueCancel: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cancel", abstract: "Takes jobs back, in mid-call too.",
        discussion: """
            A call that rings or transmits is hung up through Asterisk's manager interface; without that the call goes on, \
            and no other follows it.
            """)

    @OptionGroup var options: QueueOptions
    @OptionGroup var choice: JobChoice

    func run() async throws {
        try await options.change(
            choice, { CancelJob(id: $0) }, say: { $0.state.isFinal ? $0.state.rawValue : "its call is being ended" })
    }
}

/// `fax-queue alter ID…`
struct QueueAlter: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "alter", abstract: "Changes number, time, deadline, priority or tries of unfinished jobs.")

    @OptionGroup var options: QueueOptions
    @OptionGroup var choice: JobChoice
    @Option(name: .customLong("to"), help: ArgumentHelp("Another number.", valueName: "number")) var newNumber: String?
    @Option(name: [.customShort("A"), .long], help: ArgumentHelp("Not before, as fax-send -a.", valueName: "time"))
    var at: String?
    @Option(name: .shortAndLong, help: ArgumentHelp("Given up then, as fax-send -k.", valueName: "time"))
    var deadline: String?
    @Option(name: [.customShort("P"), .long], help: ArgumentHelp("As fax-send -P.", valueName: "priority"))
    var priority: String?
    @Option(name: .shortAndLong, help: ArgumentHelp("As fax-send -t.", valueName: "number")) var tries: Int?
    @Option(name: [.customShort("T"), .long], help: ArgumentHelp("As fax-send -T.", valueName: "number"))
    var dials: Int?

    func validate() throws {
        if newNumber == nil, at == nil, deadline == nil, priority == nil, tries == nil, dials == nil {
            throw ValidationError("say what to change: --to, --at, --deadline, --priority, --tries or --dials")
        }
        if let tries, !(1...100).contains(tries) { throw ValidationError("--tries \(tries): use 1 to 100") }
        if let dials, !(1...1000).contains(dials) { throw ValidationError("--dials \(dials): use 1 to 1000") }
    }

    func run() async throws {
        let priority = try priority.map { text throws(FaxError) in try ScheduleWish.priority(text) }
        try await options.change(
            choice,
            {
                AlterJob(
                    id: $0, number: newNumber, at: at, deadline: deadline, priority: priority, tries: tries,
                    dials: dials)
            }, say: { _ in "altered" })
    }
}

/// `fax-queue resend ID…`
struct QueueResend: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "resend", abstract: "Submits what is left of finished jobs again, as new ones.",
        discussion: "Limits, counters and the deadline begin anew. A delivered fax is sent again as a whole.")

    @OptionGroup var options: QueueOptions
    @Argument(help: "The jobs' numbers.") var ids: [Int64]
    @Flag(help: "All pages, confirmed ones too.") var allPages = false
    @Option(name: .customLong("to"), help: ArgumentHelp("Another number.", valueName: "number")) var newNumber: String?
    @Option(name: [.customShort("A"), .long], help: ArgumentHelp("Not before, as fax-send -a.", valueName: "time"))
    var at: String?

    func run() async throws {
        let settings = try options.settings()
        let access = try options.access(settings)
        let times = TimeText(settings.timeZone)
        var refusal: (any Error)?
        for id in ids {
            do {
                let job = try await access.ask(ResendJob(id: id, allPages: allPages, number: newNumber, at: at))
                Terminal.print(
                    options.json
                        ? try JSONOutput.line(JobView(job, times: times))
                        : "request id is \(job.id) (group id \(job.group)) for host \(settings.host) (1 file)")
            } catch {
                if refusal != nil { Terminal.complain("fax-queue: \(error)") }
                refusal = refusal ?? error
            }
        }
        if let refusal { throw refusal }
    }
}

/// `fax-queue resolve ID`
struct QueueResolve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "resolve", abstract: "Says what became of an unknown fax.",
        discussion: "Ask the recipient first: what is unknown may have arrived, and is never sent again by itself.")

    @OptionGroup var options: QueueOptions
    @Argument(help: "The job's number.") var id: Int64
    @Flag(help: "It arrived.") var delivered = false
    @Flag(help: "It did not arrive.") var failed = false
    @Flag(help: "It did not arrive: send it again.") var resend = false

    func validate() throws {
        guard [delivered, failed, resend].count(where: { $0 }) == 1 else {
            throw ValidationError("say one of --delivered, --failed and --resend")
        }
    }

    func run() async throws {
        let settings = try options.settings()
        let access = try options.access(settings)
        let times = TimeText(settings.timeZone)
        let job = try await access.ask(ResolveJob(id: id, delivered: delivered))
        Terminal.print(
            options.json ? try JSONOutput.line(JobView(job, times: times)) : "job \(id): \(job.state.rawValue)")
        guard resend else { return }
        let new = try await access.ask(ResendJob(id: id, allPages: false, number: nil, at: nil))
        Terminal.print(
            options.json
                ? try JSONOutput.line(JobView(new, times: times))
                : "request id is \(new.id) (group id \(new.group)) for host \(settings.host) (1 file)")
    }
}
