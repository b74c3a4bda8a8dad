/// How one call can end, as Asterisk's variables tell it, and what that means by the README's table of causes.
struct FarEnd: Hashable, Sendable {
    var name: String
    /// What the handler's channel says.
    var variables: [String: String]
    /// nil: every page was confirmed.
    var cause: String?
    /// Pages that it confirms; nil for none of a call that never transmitted.
    var confirmed: Confirmed = .none

    enum Confirmed: Hashable, Sendable { case none, some, all, allButLast }

    private init(_ name: String, _ cause: String?, _ confirmed: Confirmed = .none, _ variables: [String: String]) {
        self.name = name
        self.cause = cause
        self.confirmed = confirmed
        self.variables = variables
    }

    // Calls that nobody answered

    private static func dial(_ cause: String, _ number: Int, _ sip: String) -> FarEnd {
        FarEnd(cause, cause, .none, ["HANGUPCAUSE": "\(number)", "HANGUPCAUSE(${CHANNEL},tech)": sip])
    }

    static let noAnswer = dial("dial.no-answer", 19, "SIP 180 Ringing")

    static let unanswered: [(Int, FarEnd)] = [
        (30, dial("dial.busy", 17, "SIP 486 Busy Here")), (15, noAnswer),
        (20, dial("dial.congestion", 34, "SIP 503 Service Unavailable")),
        (3, dial("dial.rejected", 21, "SIP 403 Forbidden")),
        (3, dial("dial.unallocated", 1, "SIP 404 Not Found")), (5, dial("dial.no-route", 3, "")),
        (15, dial("dial.failed", 127, "SIP 500 Server Internal Error")),
    ]

    /// Answered, and the gate said no.
    static let refused = FarEnd(
        "refused by the gate", "local.gate", .none,
        ["HANGUPCAUSE": "16", "HANGUPCAUSE(${CHANNEL},tech)": "SIP 200 OK", "FAXENDED": "refused"])

    /// Taken back while it rang.
    static let hungUp = dial("dial.failed", 16, "SIP 487 Request Terminated")
    /// The word of the `failed` extension.
    static let noChannel = FarEnd("no channel", "local.no-trunk", .none, [:])

    // Calls that transmitted

    private static func fax(
        _ name: String, _ cause: String?, _ confirmed: Confirmed, status: String = "FAILED", error: String = "HANGUP",
        text: String = "", negotiated: Bool = true, ended: String? = nil
    ) -> FarEnd {
        var variables = [
            "FAXSTATUS": status, "FAXERROR": error, "FAXSTATUSSTRING": text, "HANGUPCAUSE": "16",
            "FAXRESOLUTION": negotiated ? "8031x7700" : "0x0",
        ]
        variables["FAXENDED"] = ended
        return FarEnd(name, cause, confirmed, variables)
    }

    private static let dropped = "The call dropped prematurely"

    static let timeout = fax(
        "timeout", "handshake.no-fax", .none, error: "TIMEOUT", text: "ended after 100 seconds by TIMEOUT(absolute)",
        negotiated: false)
    /// Taken back while it transmitted.
    static let cancelled = fax("cancelled", "page.dropped", .some, text: dropped, ended: "cancelled")
    /// Asterisk was told to stop.
    static let cut = fax("cut", "page.dropped", .some, text: dropped)
    /// Asterisk never told how SendFAX ended.
    static let began = FarEnd("began", "outcome.unknown", .some, ["FAXSTATUS": "STARTED", "HANGUPCAUSE": "16"])

    static let transmitted: [(Int, FarEnd)] = [
        (200, fax("success", nil, .all, status: "SUCCESS", text: "OK")),
        (20, fax("goodbye lost", "outcome.end-unconfirmed", .all, text: dropped)),
        (15, fax("success with too few pages", "page.missing", .some, status: "SUCCESS", text: "OK")),
        (50, fax("dropped in a page", "page.dropped", .some, text: dropped)),
        (30, fax("last page unconfirmed", "page.no-response", .allButLast, text: "No response after sending a page")),
        (20, fax("no response", "page.no-response", .some, text: "No response after sending a page")),
        (15, fax("ECM", "page.ecm", .some, text: "Invalid ECM response received from receiver")),
        (15, fax("hung up", "handshake.hangup", .none, text: dropped, negotiated: false)),
        (
            15,
            fax(
                "no fax", "handshake.no-fax", .none, text: "Timed out waiting for initial communication",
                negotiated: false)
        ),
        (5, fax("silent", "handshake.no-fax", .none, text: dropped, negotiated: false, ended: "silent")),
        (
            8,
            fax(
                "refused", "handshake.refused", .none, text: "Received a DCN while waiting for a DIS", negotiated: false
            )
        ),
        (
            15,
            fax(
                "no training", "handshake.train", .none, text: "Failed to train with any of the compatible modems",
                negotiated: false)
        ),
        (
            8,
            fax(
                "resolution", "handshake.resolution", .none,
                text: "Far end cannot receive at the resolution of the image", negotiated: false)
        ),
        (3, fax("incompatible", "handshake.incompatible", .none, text: "Far end is not compatible", negotiated: false)),
        (12, fax("no T.38", "t38.negotiation", .none, error: "T38_NEG_ERROR", negotiated: false)),
        (2, fax("password", "auth.refused", .none, text: "Password not accepted", negotiated: false)),
        (8, fax("engine", "local.engine", .none, error: "INIT_ERROR", negotiated: false)),
        (2, fax("file", "file.unusable", .none, error: "FILE_ERROR", negotiated: false)),
        (8, began),
    ]
}
