#if canImport(Glibc)
    package import Glibc
#elseif canImport(Musl)
    package import Musl
#endif

/// Addresses of sockets as system calls want them.
package enum SocketAddress {
    /// Hands on any kind of address (bind(2), connect(2), accept(2)) and its size in bytes.
    package static func with<Address, Outcome>(
        _ address: inout Address, _ call: (UnsafeMutablePointer<sockaddr>, socklen_t) -> Outcome
    ) -> Outcome {
        withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                call($0, socklen_t(MemoryLayout<Address>.size))
            }
        }
    }
}
