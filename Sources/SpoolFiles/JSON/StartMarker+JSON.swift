package import FaxModel

extension StartMarker: JSONRecord {
    package var json: JSONValue {
        var builder = JSONBuilder()
        builder.set("holder", holder.rawValue)
        builder.set("attempt", attempt)
        builder.set("at", at)
        builder.set("uniqueid", uniqueid)
        builder.set("channel", channel)
        builder.set("asterisk", asterisk)
        return builder.json
    }

    package init(json: JSONValue) throws(FaxError) {
        let members = JSONMembers(json: json)
        self.init(
            holder: try members.choice("holder"),
            attempt: try members.parsed("attempt"),
            at: try members.time("at"),
            uniqueid: try members.optionalParsed("uniqueid"),
            channel: try members.optionalText("channel"),
            asterisk: try members.process("asterisk"))
    }
}
