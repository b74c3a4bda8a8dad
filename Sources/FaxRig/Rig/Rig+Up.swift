import FaxModel
import Glibc
import SpoolFiles

extension Rig {
    /// Brings a rig up from nothing and returns once both Asterisks are fully booted.
    ///
    /// What a killed rig of the same name left behind is cleaned up first; one that a living process holds is refused.
    /// On failure nothing stays.
    package static func up(
        _ options: RigOptions, say: @escaping @Sendable (String) -> Void = { _ in }
    ) async throws -> Rig {
        let network = try resolve(options)
        let asterisk = try await AsteriskProgram.provide(options.asterisk, cache: RigLayout.cache, say: say)
        var mailRoot: String?
        var imapRoot: String?
        if network == .namespaces, options.mail {
            mailRoot = try await DebianRoot.mail.provide(in: RigLayout.cache, say: say)
            if options.imap { imapRoot = try await DebianRoot.imap.provide(in: RigLayout.cache, say: say) }
        } else if options.mail {
            say("no mail server without network namespaces: side b's mail goes into its Maildir")
        }
        let layout = RigLayout(base: RigLayout.base, name: options.name, checkout: options.checkout)
        try FileTree.makeDirectory(RigLayout.base)
        guard let lock = try FileLock(layout.lock, waiting: false) else {
            throw FaxError(
                .unavailable, "rig \(options.name) is just being brought up or taken down by another process")
        }
        do {
            try refuseHeld(layout)
            try await clear(layout)
        } catch {
            lock.release()
            throw error
        }

        let state = RigState(
            options: options, network: network, asterisk: asterisk, mailRoot: mailRoot, imapRoot: imapRoot,
            owner: .current())
        let rig = Rig(layout: layout, state: state, say: say)
        do {
            try await rig.build()
            lock.release()
            return rig
        } catch {
            // Outside our own task: a cancelled one could run nothing any more.
            try? await Task { try await rig.takeDown() }.value
            lock.releaseAndRemove()
            throw error
        }
    }

    /// Brings a rig up for as long as `body` runs. It comes down on any way out, and on SIGINT, SIGTERM and SIGHUP,
    /// which cancel `body`.
    package static func with<Result: Sendable>(
        _ options: RigOptions, say: @escaping @Sendable (String) -> Void = { _ in },
        _ body: @escaping @Sendable (Rig) async throws -> Result
    ) async throws -> Result {
        try await untilSignalled {
            let rig = try await up(options, say: say)
            do {
                let result = try await body(rig)
                try await rig.down()
                return result
            } catch {
                try? await Task { try await rig.down() }.value
                throw error
            }
        }
    }

    /// Brings a rig up to stay when we are gone. Interrupted half-way it comes down again.
    package static func upToStay(
        _ options: RigOptions, say: @escaping @Sendable (String) -> Void = { _ in }
    ) async throws -> Rig {
        try await untilSignalled { try await up(options, say: say) }
    }

    /// Runs `body`, cancelled by SIGINT, SIGTERM and SIGHUP.
    private static func untilSignalled<Result: Sendable>(
        _ body: @escaping @Sendable () async throws -> Result
    ) async throws -> Result {
        let work = Task { try await body() }
        let trap = SignalTrap([SIGINT, SIGTERM, SIGHUP]) { work.cancel() }
        defer { trap.release() }
        return try await withTaskCancellationHandler {
            try await work.value
        } onCancel: {
            work.cancel()
        }
    }

    private static func resolve(_ options: RigOptions) throws(FaxError) -> RigOptions.Network {
        let isRoot = geteuid() == 0
        switch options.network {
        case .loopback where isRoot:
            throw FaxError(.usage, "a rig on loopback runs as an ordinary user, because Asterisk never runs as root")
        case .loopback: return .loopback
        case .namespaces where !isRoot:
            throw FaxError(.noPermission, "network namespaces need root; without it use the rig on loopback")
        case .namespaces: break
        case .automatic: if !isRoot { return .loopback }
        }
        for (program, package) in [(NamespacePair.ip, "iproute2"), (NamespacePair.nft, "nftables")] {
            guard FileTree.isExecutable(program) else {
                throw FaxError(.unavailable, "\(program) is missing: apt-get install \(package)")
            }
        }
        return .namespaces
    }

    private func build() async throws {
        try FileTree.makeDirectory(layout.directory)
        try FileTree.makeDirectory(layout.processes)
        try FileTree.makeDirectory(layout.output)
        // First of all: from here on anybody can clean up.
        try state.write(layout.stateFile)
        if let taken = addresses.firstTaken { throw FaxError(.unavailable, taken) }
        if network == .namespaces { try await namespaces.make() }
        try await startRelay()
        try await startStrangers()
        for side in RigSide.allCases { try await SideInstallation(rig: self, side: side).make() }
        if let mailServer {
            try mailServer.write()
            try await startMail()
        }
        if let imapServer {
            try await imapServer.write()
            try await startIMAP()
        }
        async let a: Void = startAsterisk(.a)
        async let b: Void = startAsterisk(.b)
        _ = try await (a, b)
        for side in RigSide.allCases where options.faxd.contains(side) { try await startFaxd(side) }
    }
}

extension Rig {
    /// Makes the roots that rigs run in, so that no later `up` has to: what takes long and needs the package mirror.
    package static func prepare(say: @escaping @Sendable (String) -> Void) async throws {
        let asterisk = try await AsteriskProgram.provide(.automatic, cache: RigLayout.cache, say: say)
        guard asterisk.root != nil else { return }
        async let mail = DebianRoot.mail.provide(in: RigLayout.cache, say: say)
        async let imap = DebianRoot.imap.provide(in: RigLayout.cache, say: say)
        _ = try await (mail, imap)
    }
}
