import FaxModel

/// The two network namespaces of a rig, joined by one cable.
struct NamespacePair: Sendable {
    var layout: RigLayout
    var addresses: RigAddresses

    static let ip = "/usr/sbin/ip"
    static let nft = "/usr/sbin/nft"

    func make() async throws {
        for side in RigSide.allCases { try await ip("netns", "add", layout.namespace(side)) }
        try await ip(
            "-n", layout.namespace(.a), "link", "add", "eth0", "type", "veth", "peer", "name", "eth0", "netns",
            layout.namespace(.b))
        for side in RigSide.allCases {
            let namespace = layout.namespace(side)
            for trunk in addresses.trunks {
                try await ip("-n", namespace, "address", "add", addresses.prefixed(side, trunk), "dev", "eth0")
            }
            try await ip("-n", namespace, "link", "set", "lo", "up")
            try await ip("-n", namespace, "link", "set", "eth0", "up")
            try await load(FirewallRules(side: side, addresses: addresses).text, side)
        }
    }

    /// Hands rules to nft in a side's namespace.
    func load(_ rules: String, _ side: RigSide) async throws {
        try await Command(prefix(side) + [Self.nft, "-f", "-"], input: Array(rules.utf8)).run()
            .checked("firewall of side \(side.rawValue)")
    }

    /// What has to stand before a program's path to run it on a side.
    func prefix(_ side: RigSide) -> [String] { [Self.ip, "netns", "exec", layout.namespace(side)] }

    /// Removes both, and the cable with them. Missing ones are no error.
    func remove() async throws {
        for side in RigSide.allCases where exists(side) { try await ip("netns", "delete", layout.namespace(side)) }
    }

    /// All processes in both namespaces: whatever runs there is the rig's.
    func processes() async throws -> [ProcessIdentity] {
        var found: [ProcessIdentity] = []
        for side in RigSide.allCases where exists(side) {
            let list = try await Command([Self.ip, "netns", "pids", layout.namespace(side)]).run().text
            found += list.split(separator: "\n").compactMap { Int32($0) }.compactMap { ProcessIdentity.running($0) }
        }
        return found
    }

    private func exists(_ side: RigSide) -> Bool { FileTree.exists("/run/netns/" + layout.namespace(side)) }

    private func ip(_ arguments: String...) async throws {
        try await Command([Self.ip] + arguments).run().checked("ip " + arguments.joined(separator: " "))
    }
}
