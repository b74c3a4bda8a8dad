package import FaxModel

extension ReceiptReport: JSONRecord {
    package var json: JSONValue {
        var builder = JSONBuilder()
        builder.set("uniqueid", uniqueid)
        builder.set("channel", channel)
        builder.set("at", at)
        builder.set("startedAt", startedAt)
        builder.set("asterisk", asterisk)
        builder.set("dialled", dialled)
        builder.set("callerNumber", callerNumber)
        builder.set("callerName", callerName)
        builder.set("account", account)
        builder.set("recipients", recipients)
        builder.set("faxStatus", faxStatus)
        builder.set("faxError", faxError)
        builder.set("faxStatusText", faxStatusText)
        builder.set("pages", pages)
        builder.set("rate", rate)
        builder.set("resolution", resolution)
        builder.set("mode", mode)
        builder.set("ecm", ecm)
        builder.set("remoteStationID", remoteStationID)
        builder.set("localStationID", localStationID)
        builder.set("hangupCause", hangupCause)
        builder.set("blockedBy", blockedBy)
        return builder.json
    }

    package init(json: JSONValue) throws(FaxError) {
        let members = JSONMembers(json: json)
        self.init(
            uniqueid: try members.parsed("uniqueid"),
            channel: try members.text("channel"),
            at: try members.time("at"),
            startedAt: try members.optionalInteger("startedAt").map(UnixTime.init(milliseconds:)),
            asterisk: try members.process("asterisk"),
            dialled: try members.text("dialled"),
            callerNumber: try members.text("callerNumber"),
            callerName: try members.text("callerName"),
            account: try members.text("account"),
            recipients: try members.text("recipients"),
            faxStatus: try members.optionalText("faxStatus"),
            faxError: try members.optionalText("faxError"),
            faxStatusText: try members.optionalText("faxStatusText"),
            pages: try members.optionalInteger("pages"),
            rate: try members.optionalInteger("rate"),
            resolution: try members.optionalText("resolution"),
            mode: try members.optionalText("mode"),
            ecm: try members.optionalText("ecm"),
            remoteStationID: try members.optionalText("remoteStationID"),
            localStationID: try members.optionalText("localStationID"),
            hangupCause: try members.optionalInteger("hangupCause"))
        blockedBy = try members.optionalText("blockedBy")
    }
}
