import FaxModel

extension RigProcess {
    /// Whether anybody in the process's network namespace accepts TCP connections there; false once it is gone.
    ///
    /// /proc/PID/net/tcp (proc(5)): `0100007F:0019` is 127.0.0.1 port 25, state 0A is LISTEN.
    func sees(listenerOn address: String, port: Int) -> Bool {
        guard let sockets = try? FileTree.text("/proc/\(identity.pid)/net/tcp") else { return false }
        let place =
            address.split(separator: ".").compactMap { Int($0) }.reversed().map { Self.hex($0, digits: 2) }.joined()
            + ":" + Self.hex(port, digits: 4)
        return sockets.split(separator: "\n").contains { $0.contains(" \(place) ") && $0.contains(" 0A ") }
    }

    private static func hex(_ number: Int, digits: Int) -> String {
        let text = String(number, radix: 16, uppercase: true)
        return String(repeating: "0", count: max(0, digits - text.count)) + text
    }
}
