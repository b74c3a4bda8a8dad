import FaxModel

extension Rig {
    /// The lines that have a stranger at one end, and which end that is.
    private var strangeTrunks: [(trunk: Trunk, side: RigSide)] {
        options.trunks.compactMap { trunk in trunk.strangerSide.map { (trunk, $0) } }
    }

    private func role(_ trunk: Trunk, _ side: RigSide) -> String { "\(side.rawValue)-\(trunk.name)" }

    /// The strangers as they were started, one for each line that has one.
    var strangers: [RigProcess?] { strangeTrunks.map { records[role($0.trunk, $0.side)] } }

    /// Starts a stranger on each line that shall have one, and returns once all listen.
    func startStrangers() async throws {
        for (trunk, side) in strangeTrunks {
            let role = role(trunk, side)
            let process = try launch(role, strangerCommand(trunk, side), side)
            try await waitForStart(of: process, "the stranger of \(trunk.name)", to: "listen", seconds: 10) {
                said(role, SIPPeer.ready)
            }
        }
    }

    /// The command line of a stranger at a line's end, without what it shall do there.
    private func strangerCommand(_ trunk: Trunk, _ side: RigSide) -> [String] {
        let prefix = network == .namespaces ? namespaces.prefix(side) : []
        return prefix + [
            options.programs.callfax, "fax-stranger", addresses.address(side, trunk), "\(addresses.sipPort)",
        ]
    }

    /// What a stranger that was called should have said and didn't.
    func missing(of stranger: Stranger) -> [String] {
        stranger.deeds.filter { deed in !strangeTrunks.contains { said(role($0.trunk, $0.side), deed) } }
    }

    /// Lets a stranger call a number on the other side, and returns what it said, a line each.
    func strangerCalls(_ number: String, as stranger: Stranger) async throws -> [String] {
        let trunk = Trunk.stranger
        let arguments = ["--call", number, "--at", addresses.address(.b, trunk), "--as", stranger.rawValue]
        let command = Command(
            strangerCommand(trunk, .a) + arguments, environment: environment(.a), limit: .seconds(90))
        return try await command.run().answer().split(separator: "\n").map(String.init)
    }
}
