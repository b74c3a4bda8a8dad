package import FaxModel

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// `started/`: whoever creates the marker of an attempt owns it, once and for all.
///
/// A marker is complete and on disk before it gets its name (link(2)), so a full disk leaves no marker at all: the call
/// was refused and never transmitted.
package struct Gate: Sendable {
    package let layout: SpoolLayout

    package init(_ layout: SpoolLayout) { self.layout = layout }

    /// Takes the attempt for the marker's holder; false where somebody has it already. Throws when it can't be recorded.
    package func take(_ marker: StartMarker) throws(FaxError) -> Bool {
        try DurableFile.createExclusive(marker.json.line, at: layout.marker(marker.attempt))
    }

    /// Makes sure that no call can transmit for the attempt from now on. Closing twice is harmless.
    package func close(_ attempt: AttemptID, now: UnixTime) throws(FaxError) -> GateDecision {
        if try take(StartMarker(holder: .closed, attempt: attempt, at: now)) { return .closed }
        guard let held = try marker(attempt) else {
            throw FaxError(
                .inputOutput, "\(layout.marker(attempt)) vanished while it was read; nothing of ours removes it")
        }
        return held.holder == .closed ? .closed : .alreadyHeld(held)
    }

    /// Who holds the attempt; nil where nobody does.
    ///
    /// An empty, torn or foreign marker is held by an unknown call (no `uniqueid`), never free.
    package func marker(_ attempt: AttemptID) throws(FaxError) -> StartMarker? {
        let path = layout.marker(attempt)
        var status = stat()
        guard lstat(path, &status) == 0 else {
            let number = lastError
            if number == ENOENT { return nil }
            throw .system("look at", path, errno: number)
        }
        if let bytes = try? DurableFile.read(path, limit: JSONValue.sizeLimit),
            let marker = try? StartMarker(parsing: bytes), marker.attempt == attempt
        {
            return marker
        }
        return StartMarker(holder: .call, attempt: attempt, at: UnixTime(seconds: Int64(status.st_mtim.tv_sec)))
    }

    /// Forgets a settled attempt; only when Asterisk can't have its call file any more.
    @discardableResult
    package func remove(_ attempt: AttemptID) throws(FaxError) -> Bool {
        try DurableFile.remove(layout.marker(attempt))
    }
}
