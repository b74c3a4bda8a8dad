package import ArgumentParser
import FaxModel
import FaxRig

/// `fax-stranger`: what a rig runs where it needs a SIP peer that is no Asterisk.
package struct StrangerTool: Tool {
    package static let configuration = CommandConfiguration(
        commandName: "fax-stranger", abstract: "Is a SIP peer of a rig's.", shouldDisplay: false)

    @Argument(help: "The IPv4 address to listen at.") var host: String
    @Argument(help: "The port of SIP.") var port: UInt16
    @Option(help: ArgumentHelp("Call instead of listening.", valueName: "number")) var call: String?
    @Option(help: ArgumentHelp("Where the call goes to.", valueName: "address")) var at: String?
    @Option(name: .customLong("as"), help: ArgumentHelp("Who calls.", valueName: "number")) var stranger: String?

    package init() {}

    package func run() async throws {
        var peer = try SIPPeer(host: host, port: port)
        guard let call else { return try peer.listen { Terminal.complain($0) } }
        guard let at, let who = stranger.flatMap(Stranger.init) else {
            throw FaxError(.usage, "a call needs --at and --as")
        }
        try peer.call(call, at: at, as: who, limit: 60) { Terminal.print($0) }
    }
}
