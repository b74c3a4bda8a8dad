/// Writes down what happens on a rig: packets, T.30 in the logs, and when call files came.
package struct CallRecorder: Sendable {
    private let rig: Rig
    private let arrivals: SpoolArrivals
    /// Where packets are not written down: why, in a line.
    package let gap: String?

    /// Begins; the rig's Asterisks are told to log T.30 from now on.
    package init(_ rig: Rig) async throws {
        self.rig = rig
        arrivals = try SpoolArrivals(rig.side(.a).outgoing)
        gap =
            try await rig.startCapture()
            ? nil : "no packets are captured, and times up to the INVITE are not measured: tcpdump is missing"
        for side in RigSide.allCases { _ = try await rig.asteriskCLI(side, "fax set debug on") }
    }

    /// Ends, and reads all of it.
    package func end() async throws -> CallRecords {
        let trace = try await rig.endCapture()
        let logs = Dictionary(
            uniqueKeysWithValues: RigSide.allCases.map { side in
                (side, AsteriskLog((try? FileTree.bytes(rig.side(side).log)) ?? [], zone: .utc))
            })
        return CallRecords(trace: trace, logs: logs, published: arrivals.seen, delivered: rig.messageTimes())
    }
}
