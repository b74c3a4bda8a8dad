import SpoolFiles

/// The `callfax.yaml` of one side.
struct SideSettings: Sendable {
    var side: RigSide
    var layout: RigSideLayout
    /// Mail goes to the rig's mail server; otherwise into the side's own Maildir.
    var smtp: Bool
    /// The side has a loopback of its own: Asterisk's manager interface is on, and faxd answers the dialplan.
    var ownLoopback = false

    /// The interface listens on a loopback of its own.
    static let managerSecret = "rig-secret"

    static let agiPort: Int64 = 573

    /// Domain of the rig's mailboxes; reserved by RFC 2606.
    static let domain = "rig.example"

    private var asterisk: [String: SettingsTree] {
        var asterisk: [String: SettingsTree] = [
            "outgoing": .text(layout.outgoing),
            "outgoing_done": .text(layout.outgoingDone),
            "staging": .text(layout.staging),
            "control": .text(layout.control),
            "log": .text(layout.log),
        ]
        if ownLoopback {
            asterisk["manager"] = ["secret_file": .text(layout.managerSecret)]
            asterisk["agi_port"] = .number(Self.agiPort)
        }
        return asterisk
    }

    var tree: SettingsTree {
        [
            "spool": .text(layout.spool.root),
            "socket": .text(layout.home + "/faxd.sock"),
            "host": .text("\(side.rawValue).\(Self.domain)"),
            "time_zone": "UTC",
            "asterisk": .map(asterisk),
            "sending": [
                "trunk": .text(Trunk.t38.name),
                "station_id": .text(side.stationID),
                "caller_id": .text("\"Rig \(side.rawValue)\" <\(side.callerNumber)>"),
                "header": .text("Callfax rig, side \(side.rawValue)"),
                "templates": .text(layout.templates),
            ],
            "receiving": [
                "operator": .text("operator@\(Self.domain)"),
                "recipients": [.text("fax@\(Self.domain)")],
                // FAXMAXCALL of dialplan/callfax.conf.
                "max_call": 3600,
            ],
            "mail": .map([
                "from": .text("callfax-\(side.rawValue)@\(Self.domain)"),
                "from_name": .text("Callfax \(side.rawValue)"),
                smtp ? "smtp" : "maildir": smtp
                    ? ["host": "127.0.0.1", "port": 25, "security": "none"] : .text(layout.localMaildir),
            ]),
        ]
    }
}
