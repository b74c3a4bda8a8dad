package import ArgumentParser
package import FaxModel
import FaxPages
package import FaxSettings
import Foundation
import Logging
import ServiceLifecycle
import SpoolFiles
package import Synchronization
import UnixSignals

/// Makes the mailer of these settings; nil where they name none. Only `faxd` links the library that it needs.
package typealias MailerFactory = @Sendable (Settings) throws -> (any Mailer)?

/// `faxd`: runs passes of both halves on a poke or a tick.
package struct DaemonTool: Tool {
    package static let configuration = CommandConfiguration(
        commandName: "faxd", abstract: "Sends queued faxes and delivers received ones.",
        discussion: "Runs as the user that Asterisk runs as. Stops cleanly on SIGTERM.")

    /// Set by the program before it runs. No task-local value: one that is a function crashes the program at its start when
    /// Swift 6.3 optimises.
    package static let makeMailer = Mutex<MailerFactory>({ _ in nil })

    /// As `makeMailer`.
    package static let openMailbox = Mutex<MailboxFactory>({ _ in
        throw FaxError(.unavailable, "only faxd can look into an IMAP mailbox")
    })

    @OptionGroup var config: SettingsOption
    @Flag(help: "One pass of each half, then leave.") var once = false
    @Option(help: "debug, info, notice, warning or error.") var logLevel: String = "info"

    package init() {}

    package func validate() throws {
        if Logger.Level(rawValue: logLevel) == nil {
            throw ValidationError("--log-level: \(quoted(logLevel)) is no level")
        }
    }

    package func run() async throws {
        PageMemory.returnWhenFree()
        var logger = Logger(label: "faxd", factory: { StreamLogHandler.standardError(label: $0) })
        logger.logLevel = Logger.Level(rawValue: logLevel) ?? .info
        let settings = try config.read()
        var isTold = false
        while true {
            do { return try await work(settings, logger) } catch {
                // Whoever started it isn't there any more when there is room again.
                guard !once, FileSystemRoom(settings.spool).free < Self.leastRoom else { throw error }
                if !isTold { logger.error("can't start, and tries again", metadata: ["problem": "\(error)"]) }
                isTold = true
                try await Task.sleep(for: .seconds(2))
            }
        }
    }

    /// Without it a program is started for each question of the dialplan.
    private func listenToDialplan(_ settings: Settings, _ logger: Logger) -> FastAGIServer? {
        guard let port = settings.asterisk.agiPort else { return nil }
        let control = AsteriskControl(socket: settings.asterisk.control)
        do throws(FaxError) {
            return try FastAGIServer(port: port, control: control, logger: logger)
        } catch {
            logger.error("agi", metadata: ["problem": "\(error.message)"])
            return nil
        }
    }

    /// Bytes without which nothing can be noted.
    private static let leastRoom: Int64 = 1_000_000

    private func work(_ settings: Settings, _ logger: Logger) async throws {
        let site = try Installation(settings)
        guard let lock = try PassLock.take(site.layout.daemonLock, milliseconds: 1000) else {
            throw FaxError(.unavailable, "another faxd already works on \(settings.spool)")
        }
        let sending = SendingPass(site: site, logger: logger)
        let makeMailer = Self.makeMailer.withLock { $0 }
        let mailer = try makeMailer(settings)
        let receiving = try ReceivingPass(site: site, mailer: mailer, logger: logger)
        let probes = ProbePass(site: site, logger: logger, openMailbox: Self.openMailbox.withLock { $0 })
        let notices = NoticePass(site: site, mailer: mailer, logger: logger)
        if once {
            // A complaint of one half is no reason to leave the other's faxes lying.
            let complaint: (any Error)?
            do {
                try await probes.run()
                try await sending.run()
                complaint = nil
            } catch { complaint = error }
            try await receiving.run()
            for errands in try ErrandPass.all(site: site, logger: logger) { try await errands.run() }
            try await notices.run()
            if let complaint { throw complaint }
        } else {
            let wakes = try WakeHub(socket: site.layout.pokeSocket)
            defer { wakes.stop() }
            // Without a socket faxes still go and come; only other users than the spool's must wait.
            var desk: DeskServer?
            do throws(FaxError) {
                desk = try DeskServer(site: site, logger: logger, poke: site.layout.poke)
            } catch {
                logger.error("desk", metadata: ["problem": "\(error.message)"])
            }
            desk?.start()
            defer { desk?.stop() }
            let ear = listenToDialplan(settings, logger)
            ear?.start()
            defer { ear?.stop() }
            logger.notice(
                "started",
                metadata: [
                    "spool": "\(settings.spool)", "lines": "\(settings.sending.trunks.reduce(0) { $0 + $1.lines })",
                ])
            var services = [
                PassService(name: "sending", wakes: wakes.stream(), logger: logger, pass: sending.run),
                PassService(name: "listening", wakes: wakes.stream(), logger: logger, pass: sending.listen),
                PassService(name: "receiving", wakes: wakes.stream(), logger: logger, pass: receiving.run),
                PassService(name: "notices", wakes: wakes.stream(), logger: logger, pass: notices.run),
                PassService(
                    name: "alarms", wakes: wakes.minutes(), logger: logger,
                    pass: AlarmPass(site: site, mailer: mailer, logger: logger).run),
            ]
            services += try ErrandPass.all(site: site, logger: logger).map {
                PassService(name: "errands", wakes: wakes.stream(), logger: logger, pass: $0.run)
            }
            services.append(
                PassService(
                    name: "keeping", wakes: wakes.minutes(), logger: logger,
                    pass: KeepingPass(site: site, logger: logger).run))
            if try ProbePass.isNeeded(site) {
                services.append(PassService(name: "probes", wakes: wakes.stream(), logger: logger, pass: probes.run))
            }
            if !settings.sending.onEvent.isEmpty {
                let hook = EventHook(site: site, command: settings.sending.onEvent, logger: logger)
                services.append(PassService(name: "events", wakes: wakes.stream(), logger: logger, pass: hook.run))
            }
            let group = ServiceGroup(
                services: services, gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
            try await group.run()
        }
        _ = consume lock
    }
}
