import FaxModel
import GRDB

extension InboxReceipt {
    /// The values of the INSERT, in its order.
    var insertArguments: StatementArguments {
        [
            uniqueid, call.text, origin.rawValue, recordedAt.milliseconds, startedAt?.milliseconds,
            endedAt.milliseconds, channel, dialled, callerNumber, callerName, account, recipients, faxStatus, faxError,
            faxStatusText, pages, rate, resolution, mode, ecm, remoteStationID, localStationID, hangupCause, reason,
            note, archiveName,
        ]
    }

    /// Throws `FaxError.data` on a row that no version of this program wrote.
    init(row: Row) throws {
        let uniqueid: String = row["uniqueid"]
        guard let call = ChannelID(row["call"]), let origin = Origin(rawValue: row["origin"]),
            let state = InboxReceiptState(rawValue: row["state"])
        else { throw FaxError(.data, "receipt \(quoted(uniqueid)) in the store can't be read") }
        self.init(
            uniqueid: uniqueid, call: call, origin: origin,
            recordedAt: UnixTime(milliseconds: row["recorded_at"]),
            startedAt: (row["started_at"] as Int64?).map(UnixTime.init(milliseconds:)),
            endedAt: UnixTime(milliseconds: row["ended_at"]), channel: row["channel"], dialled: row["dialled"],
            callerNumber: row["caller_number"], callerName: row["caller_name"], account: row["account"],
            recipients: row["recipients"], archiveName: row["archive_name"])
        number = row["number"]
        self.state = state
        settledAt = (row["settled_at"] as Int64?).map(UnixTime.init(milliseconds:))
        faxStatus = row["fax_status"]
        faxError = row["fax_error"]
        faxStatusText = row["fax_status_text"]
        pages = row["pages"]
        rate = row["rate"]
        resolution = row["resolution"]
        mode = row["mode"]
        ecm = row["ecm"]
        remoteStationID = row["remote_station_id"]
        localStationID = row["local_station_id"]
        hangupCause = row["hangup_cause"]
        isComplete = row["complete"]
        reason = row["reason"]
        note = row["note"]
        tiff = row["tiff"]
        pdf = row["pdf"]
        missingPages = row["missing"]
        badLines = row["bad_lines"]
        route = row["route"]
        junk = row["junk"]
        seenAt = (row["seen_at"] as Int64?).map(UnixTime.init(milliseconds:))
        seenBy = row["seen_by"]
        isHeld = row["held"]
        keepUntil = (row["keep_until"] as Int64?).map(UnixTime.init(milliseconds:))
    }
}

extension InboxMail {
    /// Throws `FaxError.data` on a row that no version of this program wrote.
    init(row: Row) throws {
        id = row["id"]
        guard let kind = Kind(rawValue: row["kind"]), let state = InboxMailState(rawValue: row["state"]) else {
            throw FaxError(.data, "message \(id) in the store can't be read")
        }
        uniqueid = row["uniqueid"]
        self.kind = kind
        recipient = try EmailAddress(parsing: row["recipient"])
        about = row["about"]
        self.state = state
        tries = row["tries"]
        createdAt = UnixTime(milliseconds: row["created_at"])
        dueAt = UnixTime(milliseconds: row["due_at"])
        nextAt = UnixTime(milliseconds: row["next_at"])
        lastError = row["last_error"]
        sentAt = (row["sent_at"] as Int64?).map(UnixTime.init(milliseconds:))
        let style: String = row["style"]
        // Messages of earlier versions have none.
        self.style = style == "{}" ? MessageStyle() : try JSONText.decode(MessageStyle.self, style)
        round = row["round"]
    }
}

extension InboxErrand {
    /// Throws `FaxError.data` on a row that no version of this program wrote.
    init(row: Row) throws {
        id = row["id"]
        guard let kind = Kind(rawValue: row["kind"]), let state = State(rawValue: row["state"]) else {
            throw FaxError(.data, "errand \(id) in the store can't be read")
        }
        uniqueid = row["uniqueid"]
        self.kind = kind
        target = row["target"]
        self.state = state
        tries = row["tries"]
        createdAt = UnixTime(milliseconds: row["created_at"])
        dueAt = UnixTime(milliseconds: row["due_at"])
        nextAt = UnixTime(milliseconds: row["next_at"])
        lastError = row["last_error"]
        doneAt = (row["done_at"] as Int64?).map(UnixTime.init(milliseconds:))
    }
}
