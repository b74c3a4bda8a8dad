import FaxModel
import Foundation

/// Jobs as a table that fits the terminal: the last column is cut, numbers never.
struct JobTable {
    let width: Int
    let times: TimeText

    func lines(_ jobs: [Job]) -> [String] {
        let rows = jobs.map { job in
            [
                "\(job.id)", "\(job.group)", job.letter, job.request.owner, job.request.number.digits,
                "\(job.pagesDone)/\(job.pages)", "\(job.dials)", times.plain(job.submitted),
                QueueText.status(job, times: times),
            ]
        }
        let heads = ["JID", "GID", "S", "OWNER", "NUMBER", "PAGES", "DIALS", "SUBMITTED", "STATUS"]
        let right: Set<Int> = [0, 1, 5, 6]
        let widths = heads.indices.map { column in
            ([heads] + rows).map { Self.columns($0[column]) }.max() ?? 0
        }
        return ([heads] + rows).map { row in
            var line = ""
            for (index, text) in row.enumerated().dropLast() {
                let space = String(repeating: " ", count: widths[index] - Self.columns(text))
                line += right.contains(index) ? space + text + " " : text + space + " "
            }
            return line + Self.cut(row[row.count - 1], to: max(10, width - Self.columns(line)))
        }
    }

    /// Columns on a terminal: East Asian wide characters take two, combining ones none.
    static func columns(_ text: String) -> Int {
        text.unicodeScalars.reduce(0) { $0 + columns($1) }
    }

    private static func columns(_ scalar: Unicode.Scalar) -> Int {
        switch scalar.value {
        case 0x300...0x36F, 0x200B...0x200F, 0xFE00...0xFE0F: 0
        case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60,
            0xFFE0...0xFFE6, 0x1F300...0x1FAFF, 0x20000...0x3FFFD:
            2
        default: 1
        }
    }

    static func cut(_ text: String, to width: Int) -> String {
        guard columns(text) > width else { return text }
        var cut = ""
        var used = 1
        for character in text {
            used += columns(String(character))
            if used > width { break }
            cut.append(character)
        }
        return cut + "…"
    }
}

extension Job {
    /// The letter of HylaFAX's faxstat, T for held.
    var letter: String { held && !state.isFinal ? "T" : state.letter }
}
