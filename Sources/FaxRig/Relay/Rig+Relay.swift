import FaxModel
import FoundationEssentials

extension Rig {
    private static let relayRole = "mid-relay"

    private var relayedLines: [RelayedLine] {
        addresses.trunks.compactMap { trunk in
            trunk.relay.map {
                RelayedLine(
                    name: trunk.name, a: addresses.address(.a, trunk), b: addresses.address(.b, trunk), fault: $0)
            }
        }
    }

    /// The relay as it was started; nil where no line goes through one.
    var relay: RigProcess? { records[Self.relayRole] }

    /// Starts the relay where a line needs one, and returns once frames pass.
    func startRelay() async throws {
        let lines = relayedLines
        guard network == .namespaces, !lines.isEmpty else { return }
        try FileTree.write(
            String(decoding: try JSONEncoder().encode(lines), as: UTF8.self), to: layout.relayFile, mode: 0o644)
        let process = try launch(
            Self.relayRole, namespaces.middlePrefix + [options.programs.callfax, "fax-relay", layout.relayFile], .a)
        try await waitForStart(of: process, "the relay", to: "pass frames", seconds: 10) {
            said(Self.relayRole, FrameRelay.ready)
        }
    }

    /// Whether the relay has said that.
    func relayed(_ text: String) -> Bool { said(Self.relayRole, text) }
}
