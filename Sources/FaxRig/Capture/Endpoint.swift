/// An IPv4 address and a UDP port.
package struct Endpoint: Hashable, Sendable, CustomStringConvertible {
    package var address: UInt32
    package var port: UInt16

    package var host: String { [24, 16, 8, 0].map { "\(address >> $0 & 0xFF)" }.joined(separator: ".") }
    package var description: String { "\(host):\(port)" }

    package init(address: UInt32, port: UInt16) {
        self.address = address
        self.port = port
    }

    /// From `192.0.2.1`; nil for anything else.
    init?(host: some StringProtocol, port: UInt16) {
        let parts = host.split(separator: ".", omittingEmptySubsequences: false).compactMap { UInt8($0) }
        guard parts.count == 4 else { return nil }
        self.init(address: parts.reduce(0) { $0 << 8 | UInt32($1) }, port: port)
    }
}
