import FaxModel

/// `ATTEMPT.UNIQUEID.json`, with a dot before it while it is reserved room.
struct ResultName: Hashable {
    let attempt: AttemptID
    let call: ChannelID

    init?(_ name: String) {
        let plain = name.first == "." ? name.dropFirst() : name[...]
        guard plain.hasSuffix(".json"), let dot = plain.firstIndex(of: "."),
            let attempt = AttemptID(String(plain[..<dot])),
            let call = ChannelID(String(plain[plain.index(after: dot)...].dropLast(".json".count)))
        else { return nil }
        self.attempt = attempt
        self.call = call
    }
}
