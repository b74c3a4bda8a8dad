/// A call file as Asterisk took it, and what became of it there.
struct HeldCall {
    enum Phase: Hashable {
        /// Not read yet.
        case fresh
        case rings(until: Int64)
        case talks(until: Int64)
        /// Asterisk dials again by itself.
        case pauses(until: Int64)
        /// No channel any more; the file is still to be let go, with that status.
        case over(String)
        /// In the archive, without its status line.
        case unsigned(String)
        /// Its channel died with an Asterisk.
        case orphaned
        /// Nothing will happen to it any more.
        case done
    }

    var id: String
    var number: String
    var trunk: String
    /// What lies in its TIFF.
    var pages: [PageLedger.Page]
    /// Milliseconds.
    var wait: Int64
    var timeout: Int64
    var retries: Int
    var retryPause: Int64
    var phase = Phase.fresh
    /// The file is in `outgoing/`, as far as Asterisk knows.
    var isOut = true
    var dials = 0
    var channel = ""
    /// Somebody hung it up by the manager interface.
    var isHungUp = false
    /// Asterisk dialled it a second time after a crash: nobody could count that line.
    var isRedialled = false

    var isLive: Bool {
        switch phase {
        case .fresh, .rings, .talks, .pauses: !isRedialled
        case .over, .unsigned, .orphaned, .done: false
        }
    }

    /// When Asterisk itself will end what goes on; on the steady clock.
    var ends: Int64? {
        switch phase {
        case .rings(let until), .talks(let until), .pauses(let until): until
        default: nil
        }
    }

    /// Reads what Asterisk would read; nil where a line that must be there isn't.
    init?(callFile: String, pages: (String) -> [PageLedger.Page]?) {
        var keys: [String: String] = [:]
        var sets: [String: String] = [:]
        for line in callFile.split(separator: "\n") {
            guard let colon = line.firstIndex(of: ":") else { continue }
            let key = String(line[..<colon])
            let value = line[line.index(after: colon)...].drop { $0 == " " }
            if key == "Set", let equals = value.firstIndex(of: "=") {
                sets[String(value[..<equals])] = String(value[value.index(after: equals)...])
            } else {
                keys[key] = String(value)
            }
        }
        let channel = (keys["Channel"] ?? "").split(separator: "/").last?.split(separator: "@") ?? []
        guard channel.count == 2, let id = sets["FAXATTEMPT"], let wait = Int64(keys["WaitTime"] ?? ""),
            let timeout = Int64(sets["FAXTIMEOUT"] ?? ""), let retries = Int(keys["MaxRetries"] ?? ""),
            let pause = Int64(keys["RetryTime"] ?? ""), keys["Extension"] == String(channel[0]),
            let pages = pages(sets["FAXFILE"] ?? ""), sets["FAXPAGETOTAL"] == String(pages.count)
        else { return nil }
        self.id = id
        number = String(channel[0])
        trunk = String(channel[1])
        self.pages = pages
        self.wait = wait * 1000
        self.timeout = timeout * 1000
        self.retries = retries
        retryPause = pause * 1000
    }
}
