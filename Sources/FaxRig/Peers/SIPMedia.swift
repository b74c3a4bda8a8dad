/// What a peer of our own offers or agrees to (RFC 8866; T.38 Annex D).
enum SIPMedia: Hashable, Sendable {
    /// G.711 µ-law.
    case sound(port: UInt16)
    case image(port: UInt16)

    /// The body of a message from an address; each one of a call has another version.
    func description(from host: String, version: Int) -> String {
        let media =
            switch self {
            case .sound(let port): ["m=audio \(port) RTP/AVP 0", "a=rtpmap:0 PCMU/8000", "a=ptime:20"]
            case .image(let port):
                [
                    "m=image \(port) udptl t38", "a=T38FaxVersion:0", "a=T38MaxBitRate:14400",
                    "a=T38FaxRateManagement:transferredTCF", "a=T38FaxMaxDatagram:400",
                    "a=T38FaxUdpEC:t38UDPRedundancy",
                ]
            }
        let lines = ["v=0", "o=- 1 \(version) IN IP4 \(host)", "s=-", "c=IN IP4 \(host)", "t=0 0"] + media
        return lines.map { $0 + "\r\n" }.joined()
    }
}
