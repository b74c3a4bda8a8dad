import FaxModel

extension Rig {
    /// Length of a side's Asterisk log now, to look only at what comes after.
    package func logLength(_ side: RigSide) -> Int { (try? FileTree.bytes(self.side(side).log).count) ?? 0 }

    /// A side's Asterisk log from byte `offset` on, repaired where it isn't UTF-8.
    package func log(_ side: RigSide, from offset: Int = 0) -> String {
        let bytes = (try? FileTree.bytes(self.side(side).log)) ?? []
        return String(decoding: bytes.dropFirst(offset), as: UTF8.self)
    }

    /// Waits until a side's Asterisk has logged `text` after byte `offset`.
    package func waitForLog(_ side: RigSide, _ text: String, from offset: Int = 0, seconds: Double) async throws {
        try await RigClock.wait(for: "\(quoted(text)) in \(self.side(side).log)", seconds: seconds) {
            log(side, from: offset).contains(text)
        }
    }

    /// Waits until a directory holds at least `count` files whose names fit, and returns the names, sorted.
    package func waitForFiles(
        in directory: String, _ count: Int = 1, seconds: Double, where fits: (String) -> Bool = { _ in true }
    ) async throws -> [String] {
        var names: [String] = []
        try await RigClock.wait(for: "\(count) files in \(directory)", seconds: seconds) {
            names = FileTree.names(in: directory).filter { !$0.hasPrefix(".") && fits($0) }
            return names.count >= count
        }
        return names
    }

    /// Waits until a side has no channel.
    package func waitForSilence(_ side: RigSide, seconds: Double) async throws {
        try await RigClock.wait(for: "side \(side.rawValue) to have no channel", seconds: seconds) {
            try await channels(side) == 0
        }
    }

    /// Waits until a side's fax engine is at work, and returns the session.
    package func waitForFaxSession(_ side: RigSide, seconds: Double) async throws -> FaxSession {
        var found: FaxSession?
        try await RigClock.wait(for: "a fax session on side \(side.rawValue)", seconds: seconds) {
            found = try await faxSessions(side).first { $0.state == "Active" }
            return found != nil
        }
        guard let found else { throw FaxError(.software, "a fax session vanished while it was looked at") }
        return found
    }
}
