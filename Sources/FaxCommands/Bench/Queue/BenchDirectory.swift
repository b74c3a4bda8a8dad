import FaxModel
import Foundation

/// A directory for what is measured, on a real disk (/var/tmp is none of memory, hier(7)), and gone afterwards.
///
/// What a killed run left is removed by the next one.
final class BenchDirectory {
    let path: String
    private static let prefix = "callfax-bench-"

    init() throws {
        let base = "/var/tmp"
        for name in (try? FileManager.default.contentsOfDirectory(atPath: base)) ?? [] where name.hasPrefix(Self.prefix)
        {
            guard let pid = Int32(name.dropFirst(Self.prefix.count)), kill(pid, 0) != 0, errno == ESRCH else {
                continue
            }
            try? FileManager.default.removeItem(atPath: "\(base)/\(name)")
        }
        path = "\(base)/\(Self.prefix)\(getpid())"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }
}
