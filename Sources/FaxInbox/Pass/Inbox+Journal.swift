import FaxModel
import FaxStore
import SpoolFiles

extension Inbox {
    /// Brings every report into the journal, and removes those of which all is done.
    func journalReports(now: UnixTime, _ pass: inout InboxPass) throws {
        let known = journalled
        let waiting = known.isEmpty ? [] : Set(try store.unsettledCalls().map(settings.layout.receivedReport))
        journalled = [:]
        for name in try DurableFile.list(settings.layout.received) {
            let path = "\(settings.layout.received)/\(name)"
            // Before the reading: what takes its place in between is another file.
            let stamp = FileStamp(of: path)
            if let stamp, known[path] == stamp, waiting.contains(path) {
                journalled[path] = stamp
                continue
            }
            let listing = try memory.reports.listing(of: path) { try records.receivedReports(named: [name]) }
            pass.problems += listing.problems
            for report in listing.records {
                try holdingUpNobody("call \(report.uniqueid)", &pass) { pass in
                    try journal(report, now: now, &pass)
                    if path == settings.layout.receivedReport(report.uniqueid) { journalled[path] = stamp }
                }
            }
        }
    }

    private func journal(_ report: ReceiptReport, now: UnixTime, _ pass: inout InboxPass) throws {
        if let rule = report.blockedBy { return try journalBlocked(report, by: rule, now: now, &pass) }
        let known = try store.receipts(call: report.uniqueid)
        if let same = known.first(where: { $0.origin == .report && $0.endedAt == report.at }) {
            if same.state != .reported { try clear(same) }
        } else if let salvaged = known.last, salvaged.origin == .salvage, isAbout(report, salvaged) {
            pass.problems.append(
                "call \(report.uniqueid) reported \(report.faxStatus ?? "nothing") after it was given up")
            if salvaged.state != .reported { try clear(salvaged) }
        } else {
            let receipt = receipt(of: report, isFirst: known.isEmpty, now: now)
            if try store.record(receipt) { pass.journalled += 1 }
            try checkpoint(.journalled)
        }
    }

    /// A call that wasn't let in is a line in the record and nothing else.
    private func journalBlocked(
        _ report: ReceiptReport, by rule: String, now: UnixTime, _ pass: inout InboxPass
    ) throws {
        let known = try store.receipts(call: report.uniqueid)
        if !known.contains(where: { $0.state == .blocked && $0.endedAt == report.at }) {
            var receipt = receipt(of: report, isFirst: known.isEmpty, now: now)
            receipt.junk = FarText.visible(rule)
            receipt.reason = "blocked by \(receipt.junk)"
            if try store.recordBlocked(receipt, now: now) { pass.blocked += 1 }
            try checkpoint(.journalled)
        }
        try records.removeReceived(report.uniqueid)
    }

    /// Journals the calls that ended without a report: those whose Asterisk is gone or whose time is over, and files that
    /// nobody knows.
    func salvage(now: UnixTime, after jump: ClockJump?, _ pass: inout InboxPass) throws {
        let listings = try memory.markers.listings(in: settings.layout.receiving) { name in
            try records.receivingMarkers(named: [name])
        }
        pass.problems += listings.flatMap(\.problems)
        let markers = listings.flatMap(\.records)
        // One Asterisk has them all, or nearly.
        var lives: [ProcessIdentity: Bool] = [:]
        let lost = markers.compactMap { marker in
            reasonToGiveUp(marker, now: now, after: jump, &lives).map { (marker, $0) }
        }
        let files = try orphans(besides: Set(markers.map(\.uniqueid)), now: now, after: jump)
        guard !lost.isEmpty || !files.isEmpty else { return }
        // Looked at after the processes: who was dead before can't have reported since.
        let reported = Set(try records.receivedReports().records.map(\.uniqueid))
        for (marker, reason) in lost where !reported.contains(marker.uniqueid) {
            try holdingUpNobody("call \(marker.uniqueid)", &pass) { pass in
                try salvage(marker, reason: reason, now: now, &pass)
            }
        }
        for (call, modified) in files where !reported.contains(call) {
            try salvage(fileOf: call, modified, now: now, &pass)
        }
    }

    private func salvage(
        _ marker: ReceivingMarker, reason: String, now: UnixTime, _ pass: inout InboxPass
    ) throws {
        let known = try store.receipts(call: marker.uniqueid)
        if let last = known.last, last.endedAt >= marker.at {
            // Journalled before; its pass was killed before the marker went.
            if last.state != .reported { try clear(last) }
            return
        }
        try salvage(receipt(of: marker, reason: reason, isFirst: known.isEmpty, now: now), &pass)
    }

    /// Files without a marker, once no call can still write them, and when they were last written.
    private func orphans(
        besides marked: Set<ChannelID>, now: UnixTime, after jump: ClockJump?
    ) throws -> [(ChannelID, UnixTime)] {
        try DurableFile.list(settings.layout.incoming).compactMap { name in
            guard name.hasSuffix(".tiff"), let call = ChannelID(String(name.dropLast(5))), !marked.contains(call),
                let status = ArchiveFiles.status(settings.layout.incomingTIFF(call)),
                now.seconds(since: jump.moved(status.modified)) > patience
            else { return nil }
            return (call, status.modified)
        }
    }

    /// Journals a file of which there is neither marker nor report nor an open receipt.
    private func salvage(
        fileOf call: ChannelID, _ modified: UnixTime, now: UnixTime, _ pass: inout InboxPass
    ) throws {
        let receipts = try store.receipts(call: call)
        guard !receipts.contains(where: { $0.state == .reported }) else { return }
        var receipt = InboxReceipt(
            uniqueid: key(call, isFirst: receipts.isEmpty, at: modified), call: call, origin: .salvage,
            recordedAt: now, endedAt: modified, archiveName: "")
        receipt.reason = "the call left a file and no word about it"
        receipt.archiveName = archiveName(receipt)
        try salvage(receipt, &pass)
    }

    private func salvage(_ receipt: InboxReceipt, _ pass: inout InboxPass) throws {
        if try store.record(receipt) {
            pass.salvaged += 1
            pass.problems.append("call \(receipt.uniqueid) never reported its end: \(receipt.reason)")
        }
        try checkpoint(.journalled)
    }

    /// Seconds after which no call can be under way any more.
    private var patience: Double { Double(settings.maxCall + 60) }

    private func reasonToGiveUp(
        _ marker: ReceivingMarker, now: UnixTime, after jump: ClockJump?, _ lives: inout [ProcessIdentity: Bool]
    ) -> String? {
        if let asterisk = marker.asterisk {
            let isAlive = lives[asterisk] ?? asterisk.isAlive
            lives[asterisk] = isAlive
            if !isAlive { return "Asterisk crashed or was restarted during the call" }
        }
        // A file that still grows is a call's that is not over, should the clock have been set meanwhile, or FAXMAXCALL
        // of the dialplan be longer than we are told.
        let written = ArchiveFiles.status(settings.layout.incomingTIFF(marker.uniqueid))?.modified
        let last = max(jump.moved(marker.at), min(jump.moved(written ?? marker.at), now))
        return now.seconds(since: last) > patience ? "the call never reported its end" : nil
    }

    /// Whether a late report tells of the call that was salvaged, not of a new one with the same id.
    private func isAbout(_ report: ReceiptReport, _ salvaged: InboxReceipt) -> Bool {
        salvaged.state == .reported || ArchiveFiles.status(settings.layout.incomingTIFF(report.uniqueid)) == nil
    }

    /// The name in the store: Asterisk's own id, unless it gave that one before.
    private func key(_ call: ChannelID, isFirst: Bool, at: UnixTime) -> String {
        isFirst ? call.text : "\(call.text)-\(at.milliseconds)"
    }

    private func receipt(of report: ReceiptReport, isFirst: Bool, now: UnixTime) -> InboxReceipt {
        var receipt = InboxReceipt(
            uniqueid: key(report.uniqueid, isFirst: isFirst, at: report.at), call: report.uniqueid, origin: .report,
            recordedAt: now, startedAt: report.startedAt, endedAt: report.at,
            channel: FarText.visible(report.channel), dialled: FarText.visible(report.dialled),
            callerNumber: FarText.visible(report.callerNumber), callerName: FarText.visible(report.callerName),
            account: FarText.visible(report.account), recipients: Self.addressList(report.recipients), archiveName: "")
        receipt.faxStatus = report.faxStatus.map(FarText.visible)
        receipt.faxError = report.faxError.map(FarText.visible)
        receipt.faxStatusText = report.faxStatusText.map(FarText.visible)
        receipt.pages = report.pages.map { max($0, 0) }
        receipt.rate = report.rate
        receipt.resolution = report.resolution.map(FarText.visible)
        receipt.mode = report.mode.map(FarText.visible)
        receipt.ecm = report.ecm.map(FarText.visible)
        receipt.remoteStationID = report.remoteStationID.map(FarText.visible)
        receipt.localStationID = report.localStationID.map(FarText.visible)
        receipt.hangupCause = report.hangupCause
        receipt.archiveName = archiveName(receipt)
        return receipt
    }

    private func receipt(
        of marker: ReceivingMarker, reason: String, isFirst: Bool, now: UnixTime
    ) -> InboxReceipt {
        let end = ArchiveFiles.status(settings.layout.incomingTIFF(marker.uniqueid))?.modified ?? marker.at
        var receipt = InboxReceipt(
            uniqueid: key(marker.uniqueid, isFirst: isFirst, at: marker.at), call: marker.uniqueid, origin: .salvage,
            recordedAt: now, startedAt: marker.at, endedAt: max(end, marker.at),
            channel: FarText.visible(marker.channel), dialled: FarText.visible(marker.dialled),
            callerNumber: FarText.visible(marker.callerNumber), callerName: FarText.visible(marker.callerName),
            account: FarText.visible(marker.account), recipients: Self.addressList(marker.recipients), archiveName: "")
        receipt.reason = reason
        receipt.archiveName = archiveName(receipt)
        return receipt
    }

    /// FAXRCPT is our own dialplan's, and may be longer than a station id; control characters are blanks all the same.
    private static func addressList(_ text: String) -> String {
        String(String.UnicodeScalarView(text.unicodeScalars.map { $0.isControl ? " " : $0 }))
    }

    private func archiveName(_ receipt: InboxReceipt) -> String {
        ArchiveName(
            dialled: receipt.dialled, caller: receipt.callerNumber, account: receipt.account,
            channel: receipt.channel, time: LocalTime(receipt.startedAt ?? receipt.endedAt, in: settings.timeZone),
            uniqueid: receipt.uniqueid
        ).text
    }
}
