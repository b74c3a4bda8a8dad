import FaxModel
import Foundation

/// Where a receipt goes below the archive: `DIALLED/DIALLED_CALLER_ACCOUNT_YYYYMMDD-HHMMSS_UNIQUEID`.
///
/// Every part holds only `A-Z a-z 0-9 + - .` (the last one `_` too), never begins with a dot or a hyphen, and is
/// `unknown` where nothing is left of it; the whole name fits any file system.
struct ArchiveName {
    /// Directory and name, without an ending.
    let text: String

    /// Without an account code the channel stands for it.
    init(
        dialled: String, caller: String, account: String, channel: String, time: LocalTime, uniqueid: String
    ) {
        let directory = Self.part(dialled)
        let line = account.isEmpty ? channel.replacingOccurrences(of: "/", with: "-") : account
        // UNIQUEID comes last, so an underscore in it confuses nobody.
        let id = uniqueid.filter { Self.allowed.contains($0) || $0 == "_" }
        text = "\(directory)/\(directory)_\(Self.part(caller))_\(Self.part(line))_\(time.stamp)_\(id)"
    }

    private static let allowed = Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+-.")

    private static func part(_ text: String) -> String {
        let kept = text.filter(allowed.contains).drop { $0 == "." || $0 == "-" }.prefix(32)
        return kept.isEmpty ? "unknown" : String(kept)
    }
}
