import CCurl
import FaxModel

/// What was said in one transaction, as far as a failure needs it: the last command and the server's last reply.
///
/// libcurl's own error says only "MAIL failed: 550"; the reply's text is what a person can act on. Only the verb of a
/// command is kept, so that no password stays here.
final class SMTPTranscript {
    private(set) var command = ""
    private(set) var replyLines: [String] = []
    private var replyEnded = false
    /// What is said in leaving doesn't explain why we leave.
    private var leaving = false
    /// The server has been given something of the message's body.
    private(set) var bodyBegun = false

    func reset() {
        command = ""
        replyLines = []
        replyEnded = false
        leaving = false
        bodyBegun = false
    }

    /// The code of the last reply, 0 when there was none.
    var code: Int { replyLines.last.flatMap { Int($0.prefix(3)) } ?? 0 }

    /// The last reply in one line, at most 400 characters of it.
    var reply: String {
        var text = replyLines.first ?? ""
        for line in replyLines.dropFirst() { text += " " + line.dropFirst(4) }
        return String(HeaderValue.visible(text).prefix(400))
    }

    func note(_ kind: curl_infotype, _ bytes: UnsafeBufferPointer<UInt8>) {
        switch kind {
        case CURLINFO_HEADER_OUT:
            let verb = String(decoding: bytes.prefix { $0 > 32 }, as: UTF8.self).uppercased()
            if verb == "QUIT" { leaving = true } else { command = verb }
        case CURLINFO_HEADER_IN:
            guard !leaving else { return }
            for line in bytes.split(whereSeparator: { $0 == 10 || $0 == 13 }) {
                if replyEnded { replyLines = [] }
                if replyLines.count < 20 { replyLines.append(String(decoding: line.prefix(600), as: UTF8.self)) }
                replyEnded = line.count < 4 || line[line.startIndex + 3] != UInt8(ascii: "-")
            }
        case CURLINFO_DATA_OUT:
            bodyBegun = true
        default: break
        }
    }
}
