/// What we need of /proc/PID/stat (proc(5)).
struct ProcStat: Hashable {
    /// Field 3 is Z or X: the process is over, only its number is still taken.
    var isZombie: Bool
    /// Field 22, clock ticks since boot.
    var startTicks: UInt64

    /// Field 2, the name, may itself hold blanks and parentheses: the fields are counted from the last `)`.
    init?(_ bytes: [UInt8]) {
        guard let close = bytes.lastIndex(of: UInt8(ascii: ")")) else { return nil }
        let fields = bytes[(close + 1)...].split(whereSeparator: { $0 <= 32 })
        guard fields.count >= 20, let state = fields.first?.first,
            let ticks = UInt64(String(decoding: fields[fields.startIndex + 19], as: UTF8.self))
        else { return nil }
        isZombie = state == UInt8(ascii: "Z") || state == UInt8(ascii: "X")
        startTicks = ticks
    }
}
