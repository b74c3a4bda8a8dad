package import FaxModel

extension CallReport: JSONRecord {
    package var json: JSONValue {
        var builder = JSONBuilder()
        builder.set("origin", origin.rawValue)
        builder.set("attempt", attempt)
        builder.set("uniqueid", uniqueid)
        builder.set("channel", channel)
        builder.set("at", at)
        builder.set("asterisk", asterisk)
        builder.set("faxStatus", faxStatus)
        builder.set("faxError", faxError)
        builder.set("faxStatusText", faxStatusText)
        builder.set("pages", pages)
        builder.set("rate", rate)
        builder.set("resolution", resolution)
        builder.set("mode", mode)
        builder.set("remoteStationID", remoteStationID)
        builder.set("localStationID", localStationID)
        builder.set("hangupCause", hangupCause)
        builder.set("techCause", techCause)
        builder.set("reason", reason)
        builder.set("ended", ended)
        builder.set("billableSeconds", billableSeconds)
        return builder.json
    }

    package init(json: JSONValue) throws(FaxError) {
        let members = JSONMembers(json: json)
        self.init(
            origin: try members.choice("origin"),
            attempt: try members.parsed("attempt"),
            uniqueid: try members.parsed("uniqueid"),
            channel: try members.text("channel"),
            at: try members.time("at"),
            asterisk: try members.process("asterisk"),
            faxStatus: try members.optionalText("faxStatus"),
            faxError: try members.optionalText("faxError"),
            faxStatusText: try members.optionalText("faxStatusText"),
            pages: try members.optionalInteger("pages"),
            rate: try members.optionalInteger("rate"),
            resolution: try members.optionalText("resolution"),
            mode: try members.optionalText("mode"),
            remoteStationID: try members.optionalText("remoteStationID"),
            localStationID: try members.optionalText("localStationID"),
            hangupCause: try members.optionalInteger("hangupCause"),
            techCause: try members.optionalText("techCause"),
            reason: try members.optionalInteger("reason"),
            ended: try members.optionalText("ended"),
            billableSeconds: try members.optionalInteger("billableSeconds"))
    }
}
