import FaxModel
import SpoolFiles

/// What of a rig is running.
package struct RigStatus: Hashable, Sendable, Codable {
    package struct Side: Hashable, Sendable, Codable {
        package var address: String
        /// Process number; nil when it isn't running.
        package var asterisk: Int32?
        package var faxd: Int32?
        /// Channels now; nil when Asterisk isn't running.
        package var channels: Int?
    }

    package var name: RigName
    package var directory: String
    package var network: RigOptions.Network
    /// nil where there is no mail server.
    package var mail: Bool?
    package var a: Side
    package var b: Side
}

extension Rig {
    /// The rig of that name where all that was started in it still runs and no other living process is working with
    /// it; nil otherwise.
    package static func running(_ name: RigName, checkout: String) -> Rig? {
        guard let rig = try? attach(name, checkout: checkout), (try? refuseHeld(rig.layout)) != nil else { return nil }
        let started =
            RigSide.allCases.map { rig.asterisk($0) } + rig.options.faxd.map { rig.faxd($0) }
            + (rig.mailServer == nil ? [] : [rig.records[mailRole]])
            + (rig.imapServer == nil ? [] : [rig.records[imapRole]]) + (rig.relay == nil ? [] : [rig.relay])
            + rig.strangers
        return started.allSatisfy { $0?.isRunning ?? false } ? rig : nil
    }

    package func status() async -> RigStatus {
        RigStatus(
            name: options.name, directory: layout.directory, network: network,
            mail: state.mailRoot == nil ? nil : isMailRunning, a: await status(.a), b: await status(.b))
    }

    private func status(_ side: RigSide) async -> RigStatus.Side {
        let asterisk = asterisk(side).flatMap { $0.isRunning ? $0.identity.pid : nil }
        let faxd = faxd(side).flatMap { $0.isRunning ? $0.identity.pid : nil }
        return RigStatus.Side(
            address: addresses.address(side, .t38), asterisk: asterisk, faxd: faxd,
            channels: asterisk == nil ? nil : try? await channels(side))
    }

    /// Files that tell what a side did: Asterisk's log and the outputs of its processes, those that exist.
    package func logs(_ side: RigSide) -> [String] {
        [self.side(side).log]
            + FileTree.names(in: layout.output).filter { $0.hasPrefix(side.rawValue + "-") }
            .map { layout.output + "/" + $0 }
    }

    /// Copies logs, configuration and reports of both sides below `directory`, for a look after the rig is gone.
    package func saveLogs(to directory: String) throws {
        var parent = ""
        for part in directory.split(separator: "/") {
            parent += "/" + part
            if !FileTree.exists(parent) { try FileTree.makeDirectory(parent) }
        }
        for side in RigSide.allCases {
            let target = directory + "/" + side.rawValue
            try FileTree.makeDirectory(target)
            for log in logs(side) {
                guard let text = try? FileTree.text(log), let name = log.split(separator: "/").last else { continue }
                try FileTree.write(text, to: target + "/" + name, mode: 0o644)
            }
            for part in [self.side(side).spool.results, self.side(side).spool.received, self.side(side).outgoingDone] {
                guard let name = part.split(separator: "/").last else { continue }
                try FileTree.copy(part, to: target + "/" + name, owner: nil)
            }
        }
    }

    /// Loses `perMille` of 1000 packets of media that arrive at a side; 0 ends it. Namespaces only.
    package func impair(_ side: RigSide, losing perMille: Int) async throws {
        guard network == .namespaces, (0...1000).contains(perMille) else {
            throw FaxError(.usage, "packets are lost in network namespaces only, 0 to 1000 of 1000")
        }
        let rules = FirewallRules(side: side, addresses: addresses).impairment(lost: perMille)
        try await namespaces.load(rules, side)
    }
}
