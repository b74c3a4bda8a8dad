import FaxModel

extension Rig {
    private static let captureRole = "a-capture"
    private static let tcpdump = "/usr/bin/tcpdump"

    /// Everything that crosses the cable, as tcpdump writes it.
    package var captureFile: String { layout.directory + "/calls.pcap" }

    /// Writes down what crosses the cable from now on, and returns once that is so. False where it can't be: without
    /// tcpdump or namespaces.
    package func startCapture() async throws -> Bool {
        guard network == .namespaces, FileTree.isExecutable(Self.tcpdump) else { return false }
        // -U: each packet is on the disk at once. -Z: no other user, who couldn't write there.
        let process = try launch(
            Self.captureRole,
            namespaces.prefix(.a) + [Self.tcpdump, "-i", "eth0", "-n", "-U", "-Z", "root", "-w", captureFile, "udp"],
            .a)
        try await RigClock.wait(for: "tcpdump to listen", seconds: 10) {
            guard process.isRunning else {
                throw FaxError(
                    .unavailable, "tcpdump ended at once: \(quoted(lastWords(Self.captureRole), limit: 300))")
            }
            return (try? FileTree.text(outputFile(Self.captureRole)))?.contains("listening on") ?? false
        }
        return true
    }

    /// Ends it and reads what was written; nil where nothing was.
    package func endCapture() async throws -> PacketTrace? {
        guard let process = records[Self.captureRole] else { return nil }
        try await process.stop()
        return try? PacketTrace(path: captureFile)
    }
}
