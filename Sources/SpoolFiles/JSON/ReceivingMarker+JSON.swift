package import FaxModel

extension ReceivingMarker: JSONRecord {
    package var json: JSONValue {
        var builder = JSONBuilder()
        builder.set("uniqueid", uniqueid)
        builder.set("channel", channel)
        builder.set("at", at)
        builder.set("asterisk", asterisk)
        builder.set("dialled", dialled)
        builder.set("callerNumber", callerNumber)
        builder.set("callerName", callerName)
        builder.set("account", account)
        builder.set("recipients", recipients)
        return builder.json
    }

    package init(json: JSONValue) throws(FaxError) {
        let members = JSONMembers(json: json)
        self.init(
            uniqueid: try members.parsed("uniqueid"),
            channel: try members.text("channel"),
            at: try members.time("at"),
            asterisk: try members.process("asterisk"),
            dialled: try members.text("dialled"),
            callerNumber: try members.text("callerNumber"),
            callerName: try members.text("callerName"),
            account: try members.text("account"),
            recipients: try members.text("recipients"))
    }
}
