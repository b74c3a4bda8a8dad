/// One end of a dialogue (RFC 3261 §12): writes its requests and its responses.
struct SIPDialogue: Hashable, Sendable {
    let callID: String
    private let here: Endpoint
    /// Values of From and To in our own requests.
    private let local: String
    private var remote: String
    /// Where requests go to, as in `sip:5550269@192.0.2.2:5060`.
    private var target: String
    /// Of our last request, and of the last description that we sent.
    private var sequence = 0
    private var branch = ""
    private var version = 0

    /// The called end.
    init(answering request: SIPHeaders, at here: Endpoint) {
        callID = request["call-id"] ?? ""
        self.here = here
        local = (request["to"] ?? "") + ";tag=\(Self.tag)"
        remote = request["from"] ?? ""
        target = Self.address(request["contact"] ?? "") ?? Self.address(remote) ?? ""
    }

    /// The calling end.
    init(calling number: String, at there: Endpoint, as own: String, from here: Endpoint, callID: String) {
        self.callID = callID
        self.here = here
        local = "<sip:\(own)@\(here)>;tag=\(Self.tag)"
        target = "sip:\(number)@\(there)"
        remote = "<\(target)>"
    }

    private static let tag = "stranger"

    /// Takes over the other side's tag and address from its answer to our INVITE.
    mutating func learns(from response: SIPHeaders) {
        remote = response["to"] ?? remote
        target = Self.address(response["contact"] ?? "") ?? target
    }

    /// A request of its own, with a transaction of its own.
    mutating func request(_ method: String, _ media: SIPMedia? = nil) -> String {
        sequence += 1
        branch = "z9hG4bK-\(callID)-\(sequence)"
        return text(method, media)
    }

    /// The ACK of our INVITE: a 2xx's is a transaction of its own, that of any other response belongs to the INVITE.
    mutating func acknowledgement(of status: Int) -> String {
        if status < 300 { branch += "-ack" }
        return text("ACK", nil)
    }

    private mutating func text(_ method: String, _ media: SIPMedia?) -> String {
        let lines = [
            "\(method) \(target) SIP/2.0", "Via: SIP/2.0/UDP \(here);branch=\(branch)", "Max-Forwards: 70",
            "From: \(local)", "To: \(remote)", "Call-ID: \(callID)", "CSeq: \(sequence) \(method)",
        ]
        return message(lines, media)
    }

    mutating func response(_ status: Int, to request: SIPHeaders, _ media: SIPMedia? = nil) -> String {
        message(Self.responseLines(status, to: request, local: local), media)
    }

    /// The response to a request that belongs to no dialogue, like OPTIONS.
    static func response(_ status: Int, to request: SIPHeaders) -> String {
        let lines = responseLines(status, to: request, local: (request["to"] ?? "") + ";tag=\(tag)")
        return head(lines + ["Content-Length: 0"])
    }

    private static func responseLines(_ status: Int, to request: SIPHeaders, local: String) -> [String] {
        let reasons = [
            100: "Trying", 183: "Session Progress", 200: "OK", 404: "Not Found", 481: "No Such Call",
            487: "Request Terminated", 488: "Not Acceptable Here", 501: "Not Implemented",
        ]
        return ["SIP/2.0 \(status) \(reasons[status] ?? "Response")"] + request.all("via").map { "Via: \($0)" } + [
            "From: \(request["from"] ?? "")", "To: \(local)", "Call-ID: \(request["call-id"] ?? "")",
            "CSeq: \(request["cseq"] ?? "")",
        ]
    }

    private mutating func message(_ lines: [String], _ media: SIPMedia?) -> String {
        let contact = ["Contact: <sip:stranger@\(here)>"]
        guard let media else { return Self.head(lines + contact + ["Content-Length: 0"]) }
        version += 1
        let body = media.description(from: here.host, version: version)
        return Self.head(
            lines + contact + ["Content-Type: application/sdp", "Content-Length: \(body.utf8.count)"]) + body
    }

    private static func head(_ lines: [String]) -> String { (lines + [""]).map { $0 + "\r\n" }.joined() }

    /// `sip:5550269@192.0.2.2` of `"Name" <sip:5550269@192.0.2.2>;tag=x`.
    private static func address(_ value: String) -> String? {
        guard let start = value.firstRange(of: "sip:") else { return nil }
        return String(value[start.lowerBound...].prefix { $0 != ">" && $0 != " " })
    }
}
