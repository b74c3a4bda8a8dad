/// What a session consists of (RFC 8866; T.38 Annex D), as far as faxes are concerned.
package struct SessionDescription: Hashable, Sendable {
    package struct Media: Hashable, Sendable {
        /// `audio` or `image`.
        package var kind: String
        /// 0 refuses it (RFC 3264 §6).
        package var port: UInt16
        package var host: String
        /// PCMU, PCMA, t38…, as far as they have names.
        package var formats: [String]
        /// `T38MaxBitRate`, `T38FaxUdpEC` and so on; empty where one has no value.
        package var attributes: [String: String]

        /// Where its packets are to go; nil where it is refused.
        var endpoint: Endpoint? { port == 0 ? nil : Endpoint(host: host, port: port) }
        package var isT38: Bool { kind == "image" && port != 0 }
    }

    package var media: [Media] = []

    package var isT38: Bool { media.contains(where: \.isT38) }

    /// T.38 and nothing else, at a port that is none.
    var isT38WithoutPort: Bool { !media.isEmpty && media.allSatisfy { $0.kind == "image" && $0.port == 0 } }

    init(lines: some Sequence<Substring>) {
        var host = ""
        for line in lines {
            guard line.count > 2, line.dropFirst().first == "=" else { continue }
            let value = SIPMessage.trimmed(line.dropFirst(2))
            let words = value.split(separator: " ").map(String.init)
            switch line.first {
            case "c" where words.count == 3:
                if media.isEmpty { host = words[2] } else { media[media.count - 1].host = words[2] }
            case "m" where words.count >= 4:
                let names = ["0": "PCMU", "3": "GSM", "8": "PCMA", "9": "G722", "18": "G729"]
                media.append(
                    Media(
                        kind: words[0], port: UInt16(words[1]) ?? 0, host: host,
                        formats: words[3...].compactMap { names[$0] ?? (Int($0) == nil ? $0 : nil) }, attributes: [:]))
            case "a" where !media.isEmpty:
                let parts = value.split(separator: ":", maxSplits: 1).map(String.init)
                guard let name = parts.first, name.hasPrefix("T38") else { continue }
                media[media.count - 1].attributes[name] = parts.count > 1 ? SIPMessage.trimmed(parts[1]) : ""
            default: break
            }
        }
    }
}
