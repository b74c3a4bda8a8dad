/// A request or response of SIP (RFC 3261 §7), as far as a fax call's story needs it.
package struct SIPMessage: Hashable, Sendable {
    /// INVITE, ACK, BYE…; nil for a response.
    package var method: String?
    /// 100 to 699; nil for a request.
    package var status: Int?
    /// A response's words, like `Not Acceptable Here`.
    package var reason: String
    /// The user part of a request's address: the number dialled.
    package var dialled: String
    package var callID: String
    /// The number and the method of CSeq: which request a response belongs to.
    package var sequence: Int
    package var sequenceMethod: String
    /// User parts of To and From.
    package var to: String
    package var from: String
    /// Within a dialogue: the other side's tag is known.
    package var isInDialogue: Bool
    /// Q.850's cause in a Reason header (RFC 3326).
    package var cause: Int?
    /// What the body offers or agrees to; nil without one.
    package var session: SessionDescription?

    /// Reads a packet; nil for anything else than SIP.
    init?(_ bytes: ArraySlice<UInt8>) {
        // INVITE, SIP/2.0…: an upper case letter first. Media never begins so, and is not worth decoding.
        guard let first = bytes.first, (0x41...0x5A).contains(first), bytes.count > 40 else { return nil }
        self.init(text: String(decoding: bytes, as: UTF8.self))
    }

    /// Reads the text of a message; nil for anything else.
    init?(text: String) {
        let lines = Self.lines(text)
        let start = (lines.first ?? "").split(separator: " ", maxSplits: 2).map(String.init)
        guard start.count >= 2 else { return nil }
        if start[0] == "SIP/2.0", let status = Int(start[1]) {
            self.status = status
            reason = start.count > 2 ? start[2] : ""
            dialled = ""
        } else if start.count == 3, start[2] == "SIP/2.0" {
            method = start[0]
            reason = ""
            dialled = Self.user(start[1])
        } else {
            return nil
        }
        let head = lines.dropFirst().prefix { !$0.isEmpty }
        let values = SIPHeaders(head)
        guard let id = values["call-id"], let order = values["cseq"]?.split(separator: " "), order.count == 2 else {
            return nil
        }
        callID = id
        sequence = Int(order[0]) ?? 0
        sequenceMethod = String(order[1])
        to = Self.user(values["to"] ?? "")
        from = Self.user(values["from"] ?? "")
        isInDialogue = (values["to"] ?? "").contains(";tag=")
        cause = Self.cause(values["reason"] ?? "")
        if (values["content-type"] ?? "").lowercased().hasPrefix("application/sdp") {
            session = SessionDescription(lines: lines.dropFirst(head.count + 2))
        }
    }

    static func lines(_ text: String) -> [Substring] {
        text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }
    }

    /// `5550269` of `"Name" <sip:5550269@192.0.2.2;user=phone>;tag=x`.
    private static func user(_ text: String) -> String {
        guard let scheme = text.firstRange(of: "sip:") ?? text.firstRange(of: "sips:") else { return "" }
        let rest = text[scheme.upperBound...]
        let address = rest.prefix { $0 != ">" && $0 != " " }
        guard let at = address.firstIndex(of: "@") else { return "" }
        return String(address[..<at].prefix { $0 != ";" })
    }

    /// 16 of `Q.850;cause=16;text="…"`.
    private static func cause(_ text: String) -> Int? {
        guard text.hasPrefix("Q.850"), let range = text.firstRange(of: "cause=") else { return nil }
        return Int(text[range.upperBound...].prefix { $0.isNumber })
    }

    static func trimmed(_ text: some StringProtocol) -> String {
        var rest = text.drop { $0 == " " || $0 == "\t" }
        while let last = rest.last, last == " " || last == "\t" || last == "\r" { rest = rest.dropLast() }
        return String(rest)
    }
}
