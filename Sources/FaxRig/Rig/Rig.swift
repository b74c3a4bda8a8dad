package import FaxModel

/// Two Asterisk servers with addresses of their own, and a mail server beside the second.
///
/// All its state is on disk: a value of this type is only a way to talk to it, and any process may make one by `attach`.
package struct Rig: Sendable {
    package let layout: RigLayout
    let state: RigState
    let say: @Sendable (String) -> Void

    package var options: RigOptions { state.options }
    package var network: RigOptions.Network { state.network }
    var addresses: RigAddresses { RigAddresses(network: network, trunks: options.trunks, imap: state.imapRoot != nil) }
    var namespaces: NamespacePair { NamespacePair(layout: layout, addresses: addresses) }
    var records: ProcessRecords { ProcessRecords(directory: layout.processes) }

    package func side(_ side: RigSide) -> RigSideLayout { layout.side(side) }

    /// The numeric user of a side's server and tools; nil when everything runs as the current user.
    package func user(_ side: RigSide) -> UInt32? {
        network == .loopback ? nil : options.users[side]
    }

    /// The rig of that name and source tree, as another process left it; throws when there is none.
    package static func attach(
        _ name: RigName, checkout: String, say: @escaping @Sendable (String) -> Void = { _ in }
    ) throws(FaxError) -> Rig {
        let layout = RigLayout(base: RigLayout.base, name: name, checkout: checkout)
        guard FileTree.exists(layout.stateFile) else {
            throw FaxError(.unavailable, "rig \(name) isn't up; bring it up with fax-rig up")
        }
        return Rig(layout: layout, state: try RigState.read(layout.stateFile), say: say)
    }
}
