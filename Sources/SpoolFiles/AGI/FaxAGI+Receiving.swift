import FaxModel

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

extension FaxAGI {
    /// Bytes of FAXRCPT, which may hold many addresses: what fits, quoted for an URI, into VAR_BUF_SIZE of Asterisk (4,096),
    /// behind which it would be cut silently.
    private static let recipientsLimit = 2000

    /// FAXRCPT; where it is too long, the addresses that are whole, and behind them a word that is no address.
    private mutating func recipients() throws(FaxError) -> String {
        let text = try session.value("FAXRCPT", limit: Self.recipientsLimit + 1)
        guard text.utf8.count > Self.recipientsLimit else { return text }
        let cut = text.lastIndex { ", ;\t".contains($0) } ?? text.startIndex
        return text[..<cut] + " ...cut-here"
    }

    /// Lets the call receive once its marker is on disk and room for its report is taken.
    mutating func receiving(in layout: SpoolLayout) throws(FaxError) {
        let call = try uniqueid()
        guard try isWelcome(call, in: layout) else { return }
        let marker = ReceivingMarker(
            uniqueid: call, channel: try session.value("CHANNEL"), at: now, asterisk: asterisk,
            dialled: try session.value("FAXDIALLED"), callerNumber: try session.farValue("CALLERID(num)"),
            callerName: try session.farValue("CALLERID(name)"), account: try session.value("CHANNEL(accountcode)"),
            recipients: try recipients())
        guard !DurableFile.exists(layout.incomingTIFF(call)) else {
            throw FaxError(
                .cannotCreate, "\(layout.incomingTIFF(call)) exists and would be overwritten; deliver it first")
        }
        let reserved = layout.reservedReceivedReport(call)
        let isOurs = try ReservedFile.create(reserved)
        do throws(FaxError) {
            guard
                try DurableFile.createExclusive(marker.json.line, at: layout.receivingMarker(call))
                    || isOwn(marker, in: layout)
            else { throw FaxError(.cannotCreate, "call \(call) receives already") }
        } catch {
            if isOurs { unlink(reserved) }
            throw error
        }
        try session.set("FAXGATE", "go-\(call)")
    }

    /// Whether this very call has asked before and was not heard: a faxd that was killed in the midst.
    private func isOwn(_ marker: ReceivingMarker, in layout: SpoolLayout) -> Bool {
        let path = layout.receivingMarker(marker.uniqueid)
        guard let bytes = try? DurableFile.read(path, limit: JSONValue.sizeLimit),
            let there = try? ReceivingMarker(parsing: bytes)
        else { return false }
        return there.uniqueid == marker.uniqueid && there.channel == marker.channel && there.asterisk == marker.asterisk
    }

    /// Says before a shared line is answered, and paid for, whether a fax could be received from this caller at all.
    mutating func listening(in layout: SpoolLayout) throws(FaxError) {
        let call = try uniqueid()
        guard try isWelcome(call, in: layout) else { return }
        try session.set("FAXGATE", "go-\(call)")
    }

    /// False for a call that was turned away; throws where there is no room for a fax.
    private mutating func isWelcome(_ call: ChannelID, in layout: SpoolLayout) throws(FaxError) -> Bool {
        if let rule = BlockList.read(layout.blockList).rule(for: try session.farValue("CALLERID(num)")) {
            try turnAway(call, by: rule, in: layout)
            return false
        }
        let room = FileSystemRoom(layout.incoming)
        guard !room.isTooLittleToReceive else {
            throw FaxError(
                .cannotCreate, "\(layout.incoming): only \(room.free / 1_000_000) MB are free; make room")
        }
        return true
    }

    /// A call that nobody wants isn't let in; that it came is written down, but a full disk is no way past the rule.
    private mutating func turnAway(_ call: ChannelID, by rule: BlockRule, in layout: SpoolLayout) throws(FaxError) {
        try session.set("FAXGATE", "\(rule.answer.rawValue)-\(call)")
        isTurnedAway = true
        var report = ReceiptReport(
            uniqueid: call, channel: try session.value("CHANNEL"), at: now, asterisk: asterisk,
            dialled: try session.value("FAXDIALLED"), callerNumber: try session.farValue("CALLERID(num)"),
            callerName: try session.farValue("CALLERID(name)"), account: try session.value("CHANNEL(accountcode)"),
            recipients: "")
        report.blockedBy = rule.name
        try DurableFile.publish(report.json.line, at: layout.receivedReport(call))
    }

    /// Records how an inbound call ended, in the room that `receiving` reserved for it.
    mutating func received(in layout: SpoolLayout) throws(FaxError) {
        let call = try uniqueid()
        let marker = try? ReceivingMarker(
            parsing: DurableFile.read(layout.receivingMarker(call), limit: JSONValue.sizeLimit))
        var report = ReceiptReport(
            uniqueid: call, channel: try session.value("CHANNEL"), at: now, startedAt: marker?.at, asterisk: asterisk,
            dialled: try session.value("FAXDIALLED"), callerNumber: try session.farValue("CALLERID(num)"),
            callerName: try session.farValue("CALLERID(name)"), account: try session.value("CHANNEL(accountcode)"),
            recipients: try recipients())
        report.faxStatus = try session.text("FAXSTATUS")
        report.faxError = try session.farText("FAXERROR")
        report.faxStatusText = try session.farText("FAXSTATUSSTRING")
        report.pages = try session.integer("FAXPAGES")
        // What matters most is known: should Asterisk go away now, or be too slow, it is recorded without the rest.
        do throws(FaxError) {
            report.rate = try session.integer("FAXBITRATE")
            report.resolution = try session.text("FAXRESOLUTION")
            report.mode = try session.text("FAXMODE")
            report.ecm = try session.text("FAXOPT(ecm)")
            report.remoteStationID = try session.farText("REMOTESTATIONID")
            report.localStationID = try session.farText("LOCALSTATIONID")
            report.hangupCause = try session.integer("HANGUPCAUSE")
        } catch {}
        try ReservedFile.fill(
            report.json.line, reserved: layout.reservedReceivedReport(call), final: layout.receivedReport(call))
    }
}
