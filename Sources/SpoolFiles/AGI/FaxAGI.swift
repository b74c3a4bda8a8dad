package import FaxModel

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// What Asterisk asks for every fax call, of the program that it starts or of the faxd that is there: decides whether a fax may
/// be transmitted, records how it ended.
///
/// A fax goes out only on an explicit `FAXGATE=go-ID`, and that is said only after the record of it is on disk.
package struct FaxAGI {
    let request: AGIRequest
    var session: AGISession
    let asterisk: ProcessIdentity
    let now: UnixTime
    /// Nobody starts the program once faxd has said that it has heard.
    let isFast: Bool
    /// The gate has said that nobody wants the call, and that stands.
    var isTurnedAway = false

    /// `patience` in milliseconds, else the request's own. Runs one session and returns the exit status: 0 once a decision or a record was made and said.
    package static func run(
        arguments: [String], input: Int32 = STDIN_FILENO, output: Int32 = STDOUT_FILENO,
        asterisk: ProcessIdentity = .of(pid: getppid()), now: UnixTime = Clock.now(), patience: Int64? = nil
    ) -> Int32 {
        do throws(FaxError) {
            let request = try AGIRequest(arguments)
            let deadline = Clock.monotonicMilliseconds() + (patience ?? request.patience)
            let session = try AGISession(AGILink(input: input, output: output, deadline: deadline))
            var agi = FaxAGI(request: request, session: session, asterisk: asterisk, now: now, isFast: false)
            try agi.serve()
            return 0
        } catch {
            // Asterisk shows what a program says here on its own console; nobody may be there to read it.
            let line = Array("fax-agi: \(error)\n".utf8)
            _ = line.withUnsafeBytes { write(STDERR_FILENO, $0.baseAddress, $0.count) }
            return error.code.rawValue
        }
    }

    /// Milliseconds for the greeting and the question.
    private static let greetingPatience: Int64 = 10_000
    /// Milliseconds for saying that all is done.
    private static let lastWordPatience: Int64 = 2000

    /// Does what a call of `asterisk` asks over a connection (FastAGI), on the thread of whoever calls; throws what could not
    /// be done or said. The connection stays open.
    package static func answer(
        _ connection: Int32, asterisk: ProcessIdentity, now: UnixTime = Clock.now()
    ) throws(FaxError) {
        let start = Clock.monotonicMilliseconds()
        var session = try AGISession(
            AGILink(input: connection, output: connection, deadline: start + greetingPatience))
        // Arguments of the Gosub that asks, dialplan/fax-agi.conf; those in the greeting stand behind raw texts of a caller.
        let request = try AGIRequest([session.value("ARG1"), session.value("ARG2")])
        session.go(on: start + request.patience)
        var agi = FaxAGI(request: request, session: session, asterisk: asterisk, now: now, isFast: true)
        try agi.serve()
    }

    private mutating func serve() throws(FaxError) {
        var refusal: FaxError?
        do throws(FaxError) { try obey(in: spool()) } catch { refusal = error }
        // Best effort: when the pipe itself is what failed, this fails too and the first reason is the one to keep.
        do throws(FaxError) {
            if let refusal {
                if request.isGate, !isTurnedAway { try session.set("FAXGATE", "refused") }
                try session.say("\(request.isGate ? "refused" : "not recorded"): \(refusal)")
            }
            if isFast, refusal.map({ request.isGate && !$0.isOfOurProcess }) ?? true {
                // What is done is done: a slow Asterisk must not have it done again.
                session.go(on: Clock.monotonicMilliseconds() + Self.lastWordPatience)
                try session.set("FAXHEARD", "yes")
            }
        } catch { throw refusal ?? error }
        if let refusal, !request.isGate { throw refusal }
    }

    private mutating func obey(in layout: SpoolLayout) throws(FaxError) {
        switch request {
        case .start(let attempt): try start(attempt, in: layout)
        case .listening: try listening(in: layout)
        case .receiving: try receiving(in: layout)
        case .result(let attempt): try report(.handler, attempt, in: layout)
        case .failed(let attempt): try report(.failed, attempt, in: layout)
        case .received: try received(in: layout)
        }
        if !request.isGate { layout.poke() }
    }

    private mutating func spool() throws(FaxError) -> SpoolLayout {
        let root = try session.value("FAXSPOOL", limit: 1024)
        guard root.first == "/", root.utf8.count <= 200, !root.split(separator: "/").contains("..") else {
            throw FaxError(
                .configuration,
                "FAXSPOOL is \(quoted(root)); set it to an absolute path in [globals], and load func_uri.so")
        }
        var trimmed = root[...]
        while trimmed.count > 1, trimmed.last == "/" { trimmed.removeLast() }
        return SpoolLayout(root: String(trimmed))
    }

    /// Asterisk's UNIQUEID of this channel.
    mutating func uniqueid() throws(FaxError) -> ChannelID { try ChannelID(parsing: session.value("UNIQUEID")) }
}

extension FaxError {
    /// Another process might have it: no more files, no memory.
    fileprivate var isOfOurProcess: Bool { errno == EMFILE || errno == ENFILE || errno == ENOMEM }
}
