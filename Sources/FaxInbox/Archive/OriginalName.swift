import FaxModel
import Foundation

/// What a file's name tells where it is made like the archive's: `DIALLED_CALLER_ACCOUNT_YYYYMMDD-HHMMSS_UNIQUEID`; with
/// any other name the directory stands for the dialled number.
struct OriginalName {
    private(set) var dialled = ""
    private(set) var caller = ""
    private(set) var account = ""
    private(set) var time: UnixTime?
    private(set) var uniqueid: String?

    init(_ path: String, in zone: TimeZone) {
        let url = URL(fileURLWithPath: path)
        let directory = url.deletingLastPathComponent().lastPathComponent
        let parts = url.deletingPathExtension().lastPathComponent.split(
            separator: "_", maxSplits: 4, omittingEmptySubsequences: false
        ).map(String.init)
        guard parts.count == 5, let time = Self.time(parts[3], zone) else {
            if directory.contains(where: \.isNumber), (try? FaxNumber(parsing: directory)) != nil {
                dialled = directory
            }
            return
        }
        func known(_ text: String) -> String { text == "unknown" ? "" : FarText.visible(text) }
        dialled = known(parts[0])
        caller = known(parts[1])
        account = known(parts[2])
        self.time = time
        if ChannelID(parts[4]) != nil { uniqueid = parts[4] }
    }

    private static func time(_ text: String, _ zone: TimeZone) -> UnixTime? {
        let halves = text.split(separator: "-")
        guard halves.count == 2, halves[0].count == 8, halves[1].count == 6, let day = Int(halves[0]),
            let clock = Int(halves[1]), day > 0, clock >= 0
        else { return nil }
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = zone
        let parts = DateComponents(
            year: day / 10_000, month: day / 100 % 100, day: day % 100, hour: clock / 10_000,
            minute: clock / 100 % 100, second: clock % 100)
        return calendar.date(from: parts).map { UnixTime(seconds: Int64($0.timeIntervalSince1970)) }
    }
}
