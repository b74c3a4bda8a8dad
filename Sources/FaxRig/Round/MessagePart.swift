import Foundation

/// The little of a MIME message that a report shows.
package enum MessagePart {
    /// The file name of the first attachment; pictures in the text are none.
    package static func attachmentName(_ message: [UInt8]) -> String? {
        let text = String(decoding: message, as: UTF8.self)
        let pattern = /Content-Disposition: attachment;\s+filename="([^"]*)"/
        guard let found = text.firstMatch(of: pattern) else { return nil }
        return String(found.output.1)
    }

    /// A header value with its encoded words read (RFC 2047, base64 and Q in UTF-8).
    package static func decoded(_ value: String) -> String {
        let joined = value.replacing(/\?=\s+=\?/, with: "?==?")
        return joined.replacing(/=\?[Uu][Tt][Ff]-8\?([BbQq])\?([^?]*)\?=/) { match in
            let body = String(match.output.2)
            if match.output.1.lowercased() == "b" {
                return Data(base64Encoded: body).map { String(decoding: $0, as: UTF8.self) } ?? body
            }
            let percent = body.replacing("%", with: "%25").replacing("_", with: "%20").replacing("=", with: "%")
            return percent.removingPercentEncoding ?? body
        }
    }
}
