package import FaxModel
import FaxStore
import SpoolFiles

extension Scheduler {
    /// Removes what a settled call left behind, but its marker, which keeps the gate shut. What can't be removed is told;
    /// a later `tidy` finds it, and what a power cut brings back.
    func forget(_ call: OpenCall, keepingReports: Bool, into report: inout PassReport) {
        func trying(_ body: () throws -> Void) {
            do { try body() } catch { report.add(problem: "\(error)") }
        }
        trying { try DurableFile.discard(layout.attemptTIFF(call.id)) }
        if policy.keepCallFiles == 0 { trying { try outgoing.removeArchived(call.id) } }
        if !keepingReports { trying { try records.removeResults(for: call.id) } }
    }

    /// Removes what settled attempts left behind in an earlier life.
    package func tidy() throws -> [String] {
        var problems: [String] = []
        let (open, unknown) = try store.unresolvedAttempts()
        func trying(_ body: () throws -> Void) {
            do { try body() } catch { problems.append("\(error)") }
        }
        trying {
            for name in try DurableFile.list(layout.attempts) where name.hasSuffix(".tiff") {
                guard let id = AttemptID(String(name.dropLast(5))), !open.contains(id) else { continue }
                trying { try DurableFile.remove(layout.attemptTIFF(id)) }
            }
        }
        trying {
            for id in try records.reportedAttempts() where !open.contains(id) && !unknown.contains(id) {
                trying { try records.removeResults(for: id) }
            }
        }
        if policy.keepCallFiles == 0 {
            trying {
                for id in try outgoing.archivedAttempts() where !open.contains(id) {
                    trying { try outgoing.removeArchived(id) }
                }
            }
        }
        return problems
    }

    /// Removes files that never got their name, and, `keepDays` after the end of their jobs, documents and markers.
    ///
    /// A marker keeps the gate shut for a call file that Asterisk might still have; by then it has none.
    package func removeLeftovers(now: UnixTime, keepDays: Int) throws {
        let day: Int64 = 86_400
        let limit = now.adding(seconds: -Int64(keepDays) * day)
        try layout.removeLeftovers(olderThan: now.adding(seconds: -day))
        var rest = try DurableFile.list(layout.documents).map { layout.documents + "/" + $0 }[...]
        while !rest.isEmpty {
            let paths = rest.prefix(1000).filter { path in
                DurableFile.modified(path).map { $0 < now.adding(seconds: -day) } ?? false
            }
            let used = try store.documentsInUse(among: paths, finishedAfter: limit)
            for path in paths where !used.contains(path) { try DurableFile.remove(path) }
            rest = rest.dropFirst(1000)
        }
        let open = try store.unresolvedAttempts().open
        for id in try records.startedAttempts().records where !open.contains(id) {
            guard let taken = DurableFile.modified(layout.marker(id)), taken < limit else { continue }
            if case .outgoing = try outgoing.state(of: id) { continue }
            try gate.remove(id)
        }
        let kept = now.adding(seconds: -Int64(policy.keepCallFiles) * day)
        for id in try outgoing.archivedAttempts() where !open.contains(id) {
            guard let archived = outgoing.archivedAt(id), archived < kept else { continue }
            try outgoing.removeArchived(id)
        }
    }
}
