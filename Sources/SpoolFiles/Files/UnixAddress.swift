#if canImport(Glibc)
    package import Glibc
#elseif canImport(Musl)
    package import Musl
#endif

/// The address of a Unix socket; nil when the path is longer than the system takes (unix(7): 107 bytes).
package enum UnixAddress {
    package static func make(_ path: String) -> sockaddr_un? {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let bytes = Array(path.utf8)
        let fits = withUnsafeMutableBytes(of: &address.sun_path) { space in
            guard bytes.count < space.count else { return false }
            space.copyBytes(from: bytes)
            return true
        }
        return fits ? address : nil
    }
}
