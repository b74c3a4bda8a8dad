/// A file name in the two forms that mail readers know: plain ASCII, and RFC 2231's with any UTF-8.
///
/// Slashes, backslashes, quotes and control characters become `_`; at most 200 bytes are kept.
struct AttachmentName {
    /// For `name="…"` of Content-Type, which every reader knows.
    let plain: String
    /// For Content-Disposition: `filename="…"`, or `filename*=UTF-8''…` where the plain form would lose something. Never
    /// both, which strict readers call a duplicate.
    let parameter: String

    init(_ name: String) {
        var kept = String.UnicodeScalarView()
        var bytes = 0
        for scalar in HeaderValue.visible(name).unicodeScalars {
            bytes += String(scalar).utf8.count
            if bytes > 200 { break }
            kept.append("/\\\"".unicodeScalars.contains(scalar) ? "_" : scalar)
        }
        if kept.isEmpty { kept.append("_") }
        plain = String(String.UnicodeScalarView(kept.map { $0.isASCII ? $0 : "_" }))
        guard plain != String(kept) else {
            parameter = "filename=\"\(plain)\""
            return
        }
        var encoded = ""
        for byte in String(kept).utf8 {
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-"),
                UInt8(ascii: "+"):
                encoded.unicodeScalars.append(UnicodeScalar(byte))
            default:
                let hex = String(byte, radix: 16, uppercase: true)
                encoded += hex.count == 1 ? "%0\(hex)" : "%\(hex)"
            }
        }
        parameter = "filename*=UTF-8''" + encoded
    }
}
