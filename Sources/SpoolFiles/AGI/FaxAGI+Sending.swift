import FaxModel

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

extension FaxAGI {
    /// Lets the call transmit if it is the first for this attempt, and if that and its report can be recorded.
    mutating func start(_ attempt: AttemptID, in layout: SpoolLayout) throws(FaxError) {
        let call = try uniqueid()
        let marker = StartMarker(
            holder: .call, attempt: attempt, at: now, uniqueid: call, channel: try session.value("CHANNEL"),
            asterisk: asterisk)
        let reserved = layout.reservedResult(attempt, call)
        let isOurs = try ReservedFile.create(reserved)
        do throws(FaxError) {
            var isLet = try Gate(layout).take(marker)
            if !isLet { isLet = try isUnheard(marker, in: layout) }
            guard isLet else {
                throw FaxError(.cannotCreate, "attempt \(attempt) was started or closed before; it is never sent twice")
            }
        } catch {
            if isOurs { unlink(reserved) }
            throw error
        }
        try session.set("FAXGATE", "go-\(attempt)")
    }

    /// Whether this very call has asked before, was not heard and has transmitted nothing since: a faxd that was killed in
    /// the midst.
    private mutating func isUnheard(_ marker: StartMarker, in layout: SpoolLayout) throws(FaxError) -> Bool {
        guard let held = try Gate(layout).marker(marker.attempt), held.holder == .call,
            held.uniqueid == marker.uniqueid, held.channel == marker.channel, held.asterisk == marker.asterisk
        else { return false }
        // The dialplan sets it before SendFAX.
        return try session.text("FAXSTATUS") == nil
    }

    /// Records how a call ended, in the room that `start` reserved for it.
    mutating func report(_ origin: CallReport.Origin, _ attempt: AttemptID, in layout: SpoolLayout) throws(FaxError) {
        let call = try uniqueid()
        let channel = try session.value("CHANNEL")
        // pbx_spool.c runs the pushed handler once more on a channel of this name that never dialled.
        let isPseudo = channel.hasPrefix("OutgoingSpoolFailed")
        var report = CallReport(
            origin: isPseudo ? .failed : origin, attempt: attempt, uniqueid: call, channel: channel, at: now,
            asterisk: asterisk)
        report.faxStatus = try session.text("FAXSTATUS")
        report.pages = try session.integer("FAXPAGES")
        report.faxError = try session.farText("FAXERROR")
        report.faxStatusText = try session.farText("FAXSTATUSSTRING")
        report.resolution = try session.text("FAXRESOLUTION")
        report.hangupCause = try session.integer("HANGUPCAUSE")
        // The result is known: should Asterisk go away now, or be too slow, it is recorded without the rest.
        do throws(FaxError) {
            if !isPseudo { report.techCause = try session.text("HANGUPCAUSE(${CHANNEL},tech)") }
            report.reason = try session.integer("REASON")
            report.ended = try session.text("FAXENDED")
            report.rate = try session.integer("FAXBITRATE")
            report.mode = try session.text("FAXMODE")
            report.remoteStationID = try session.farText("REMOTESTATIONID")
            report.localStationID = try session.farText("LOCALSTATIONID")
            report.billableSeconds = try session.integer("CDR(billsec)")
        } catch {}
        try ReservedFile.fill(
            report.json.line, reserved: layout.reservedResult(attempt, call), final: layout.result(attempt, call))
    }
}
