import FaxModel

/// The two network namespaces of a rig, joined by one cable, and by a second one with a relay in its middle where a line
/// needs that. The relay has a namespace of its own, so that no frame can pass it by.
struct NamespacePair: Sendable {
    var layout: RigLayout
    var addresses: RigAddresses

    static let ip = "/usr/sbin/ip"
    static let nft = "/usr/sbin/nft"
    private static let cable = "eth0"
    private static let relayedCable = "eth1"

    func make() async throws {
        for side in RigSide.allCases { try await ip("netns", "add", layout.namespace(side)) }
        try await ip(
            "-n", layout.namespace(.a), "link", "add", Self.cable, "type", "veth", "peer", "name", Self.cable,
            "netns", layout.namespace(.b))
        let isRelayed = addresses.trunks.contains { $0.relay != nil }
        if isRelayed { try await makeMiddle() }
        for side in RigSide.allCases {
            let namespace = layout.namespace(side)
            for trunk in addresses.trunks {
                let device = trunk.relay == nil ? Self.cable : Self.relayedCable
                for end in trunk.within == nil ? [side] : trunk.ends(on: side).map({ $0.end }) {
                    try await ip("-n", namespace, "address", "add", addresses.prefixed(end, trunk), "dev", device)
                }
            }
            try await ip("-n", namespace, "link", "set", "lo", "up")
            for device in isRelayed ? [Self.cable, Self.relayedCable] : [Self.cable] {
                try await ip("-n", namespace, "link", "set", device, "up")
            }
            try await load(FirewallRules(side: side, addresses: addresses).text, side)
        }
    }

    /// A cable from each side into the relay's namespace, where its device has the side's name and no address.
    private func makeMiddle() async throws {
        try await ip("netns", "add", layout.middle)
        for side in RigSide.allCases {
            try await ip(
                "-n", layout.namespace(side), "link", "add", Self.relayedCable, "type", "veth", "peer", "name",
                side.rawValue, "netns", layout.middle)
            try await ip("-n", layout.middle, "link", "set", "dev", side.rawValue, "up")
        }
    }

    /// Hands rules to nft in a side's namespace.
    func load(_ rules: String, _ side: RigSide) async throws {
        try await Command(prefix(side) + [Self.nft, "-f", "-"], input: Array(rules.utf8)).run()
            .checked("firewall of side \(side.rawValue)")
    }

    /// What has to stand before a program's path to run it on a side.
    func prefix(_ side: RigSide) -> [String] { [Self.ip, "netns", "exec", layout.namespace(side)] }

    /// What has to stand before a program's path to run it between the sides.
    var middlePrefix: [String] { [Self.ip, "netns", "exec", layout.middle] }

    /// Removes all, and the cables with them. Missing ones are no error.
    func remove() async throws {
        for namespace in existing { try await ip("netns", "delete", namespace) }
    }

    /// All processes in all namespaces: whatever runs there is the rig's.
    func processes() async throws -> [ProcessIdentity] {
        var found: [ProcessIdentity] = []
        for namespace in existing {
            let list = try await Command([Self.ip, "netns", "pids", namespace]).run().text
            found += list.split(separator: "\n").compactMap { Int32($0) }.compactMap { ProcessIdentity.running($0) }
        }
        return found
    }

    private var existing: [String] {
        (RigSide.allCases.map(layout.namespace) + [layout.middle]).filter { FileTree.exists("/run/netns/" + $0) }
    }

    private func ip(_ arguments: String...) async throws {
        try await Command([Self.ip] + arguments).run().checked("ip " + arguments.joined(separator: " "))
    }
}
