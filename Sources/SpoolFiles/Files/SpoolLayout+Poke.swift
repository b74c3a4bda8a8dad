#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

extension SpoolLayout {
    /// Wakes a running faxd with one byte; a hint only, so every failure is ignored.
    ///
    /// A path of 108 bytes or more does not fit a socket address (unix(7)): nobody can listen there.
    package func poke() {
        guard var address = UnixAddress.make(pokeSocket) else { return }
        #if canImport(Glibc)
            let kind = Int32(SOCK_DGRAM.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue)
        #else
            let kind = SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC
        #endif
        let descriptor = socket(AF_UNIX, kind, 0)
        guard descriptor >= 0 else { return }
        defer { close(descriptor) }
        var byte: UInt8 = 1
        _ = SocketAddress.with(&address) { sendto(descriptor, &byte, 1, Int32(MSG_NOSIGNAL), $0, $1) }
    }
}
