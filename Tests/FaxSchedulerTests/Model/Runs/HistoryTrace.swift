/// What happened, so that a divergence can be told as a story.
struct HistoryTrace {
    private struct Entry {
        var step: Int
        var text: String
        /// nil: it concerns all.
        var jobs: Set<Int>?
        /// A step that everybody felt.
        var isFelt = false
    }

    private var entries: [Entry] = []
    private var step = 0

    mutating func begin(_ number: Int, _ step: HistoryStep, at date: Int64) {
        self.step = number
        let isFelt =
            switch step {
            case .advance, .setClock, .crash, .execRestart, .startAsterisk, .disk, .restart: true
            default: false
            }
        entries.append(Entry(step: number, text: "\(step) at \(Self.seconds(date))", jobs: nil, isFelt: isFelt))
    }

    mutating func note(_ text: String, jobs: [Int]) {
        entries.append(Entry(step: step, text: "    " + text, jobs: Set(jobs)))
    }

    static func seconds(_ date: Int64) -> String {
        let past = date - 1_700_000_000_000
        return "\(past / 1000).\(String(1000 + abs(past) % 1000).dropFirst())"
    }

    /// The last lines that concern these jobs, under the steps in which they happened, and the steps that everybody felt.
    func story(of jobs: Set<Int>, lines: Int) -> String {
        var told: [String] = []
        var heading: String?
        for entry in entries {
            guard let concerned = entry.jobs else {
                heading = "\(entry.step): \(entry.text)"
                if entry.isFelt { told.append(heading ?? "") }
                if entry.isFelt { heading = nil }
                continue
            }
            guard jobs.isEmpty || concerned.isEmpty || !concerned.isDisjoint(with: jobs) else { continue }
            told += [heading].compactMap(\.self) + [entry.text]
            heading = nil
        }
        return told.suffix(lines).joined(separator: "\n")
    }
}
