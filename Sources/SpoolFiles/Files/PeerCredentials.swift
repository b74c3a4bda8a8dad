#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// Who is at the other end of a connected Unix socket (unix(7), SO_PEERCRED): who connected, or who listens.
package struct PeerCredentials: Hashable {
    package var pid: Int32
    package var user: UInt32

    package init?(_ descriptor: Int32) {
        // struct ucred: process, user, group.
        var who: [UInt32] = [0, 0, 0]
        var length = socklen_t(12)
        guard getsockopt(descriptor, SOL_SOCKET, SO_PEERCRED, &who, &length) == 0, length == 12 else { return nil }
        pid = Int32(bitPattern: who[0])
        user = who[1]
    }
}
