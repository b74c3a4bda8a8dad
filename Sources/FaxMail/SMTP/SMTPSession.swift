import CCurl
import FaxModel
import Foundation

/// One libcurl handle and the connection that it keeps between messages. Blocks; belongs to one thread at a time.
final class SMTPSession {
    private let settings: SMTPSettings
    private let handle: UnsafeMutableRawPointer
    private let transcript = SMTPTranscript()
    private let upload: SMTPUpload
    private let errorText = UnsafeMutablePointer<CChar>.allocate(capacity: Int(CURL_ERROR_SIZE))

    init(_ settings: SMTPSettings) throws(MailFailure) {
        guard CurlLibrary.started == CURLE_OK, let handle = curl_easy_init() else {
            throw MailFailure(.temporary, "libcurl could not be started")
        }
        self.settings = settings
        self.handle = handle
        upload = SMTPUpload(patience: settings.stallTimeout)
    }

    deinit {
        curl_easy_cleanup(handle)
        errorText.deallocate()
    }

    /// One transaction: MAIL FROM, one RCPT TO, and DATA with everything that `body` holds.
    func send(from: EmailAddress, to recipient: EmailAddress, body: UnsafeMutablePointer<FILE>, size: Int64)
        throws(MailFailure)
    {
        var result = try transact(from: from, to: recipient, body: body, size: size)
        if result != CURLE_OK, transcript.code == 0 || transcript.code == 421, !transcript.bodyBegun, wasReused {
            // The server had closed the connection that we kept; nothing of this message had reached it.
            result = try transact(from: from, to: recipient, body: body, size: size)
        }
        guard result != CURLE_OK else { return }
        throw failure(result, recipient: recipient, isAllRead: ftello(body) >= size)
    }

    private func transact(
        from: EmailAddress, to recipient: EmailAddress, body: UnsafeMutablePointer<FILE>, size: Int64
    ) throws(MailFailure) -> CURLcode {
        rewind(body)
        transcript.reset()
        upload.reset()
        // Options go, connections stay.
        curl_easy_reset(handle)
        errorText[0] = 0
        guard let recipients = curl_slist_append(nil, recipient.text) else {
            throw MailFailure(.temporary, "out of memory")
        }
        defer { curl_slist_free_all(recipients) }
        let checks = [
            callfax_setopt_text(handle, CURLOPT_URL, settings.url),
            callfax_setopt_text(handle, CURLOPT_PROTOCOLS_STR, "smtp,smtps"),
            // No proxy from the environment.
            callfax_setopt_text(handle, CURLOPT_PROXY, ""),
            callfax_setopt_text(handle, CURLOPT_MAIL_FROM, from.text),
            callfax_setopt_list(handle, CURLOPT_MAIL_RCPT, recipients),
            callfax_setopt_long(handle, CURLOPT_UPLOAD, 1),
            callfax_setopt_pointer(handle, CURLOPT_READDATA, body),
            // The size goes into MAIL FROM (RFC 1870), so that a too large message is refused before it is sent.
            callfax_setopt_size(handle, CURLOPT_INFILESIZE_LARGE, curl_off_t(size)),
            callfax_setopt_long(handle, CURLOPT_NOSIGNAL, 1),
            callfax_setopt_long(handle, CURLOPT_CONNECTTIMEOUT, settings.connectTimeout),
            // No limit for the whole, which a large message on a slow line takes as long as it takes, and not libcurl's for
            // a low speed, which counts while the server thinks as well.
            callfax_setopt_long(handle, CURLOPT_SERVER_RESPONSE_TIMEOUT, settings.replyTimeout),
            callfax_setopt_long(handle, CURLOPT_NOPROGRESS, 0),
            callfax_setopt_pointer(handle, CURLOPT_XFERINFODATA, Unmanaged.passUnretained(upload).toOpaque()),
            callfax_setopt_progress(handle) { context, _, _, total, sent in
                guard let context else { return 0 }
                return Unmanaged<SMTPUpload>.fromOpaque(context).takeUnretainedValue().stalls(sent, of: total) ? 1 : 0
            },
            // Servers hang up on the idle; after this long a new connection is the better guess.
            callfax_setopt_long(handle, CURLOPT_MAXAGE_CONN, 240),
            callfax_setopt_pointer(handle, CURLOPT_ERRORBUFFER, errorText),
            callfax_setopt_long(handle, CURLOPT_VERBOSE, 1),
            callfax_setopt_pointer(handle, CURLOPT_DEBUGDATA, Unmanaged.passUnretained(transcript).toOpaque()),
            callfax_setopt_debug(handle) { _, kind, bytes, count, context in
                guard let context, let bytes else { return 0 }
                let transcript = Unmanaged<SMTPTranscript>.fromOpaque(context).takeUnretainedValue()
                bytes.withMemoryRebound(to: UInt8.self, capacity: count) {
                    transcript.note(kind, UnsafeBufferPointer(start: $0, count: count))
                }
                return 0
            },
            settings.security == .starttls
                ? callfax_setopt_long(handle, CURLOPT_USE_SSL, Int(CURLUSESSL_ALL.rawValue)) : CURLE_OK,
            // Both are libcurl's own defaults; said so that none of its changes can change them here.
            callfax_setopt_long(handle, CURLOPT_SSL_VERIFYPEER, settings.checksCertificate ? 1 : 0),
            callfax_setopt_long(handle, CURLOPT_SSL_VERIFYHOST, settings.checksCertificate ? 2 : 0),
            settings.caFile.map { callfax_setopt_text(handle, CURLOPT_CAINFO, $0) } ?? CURLE_OK,
            settings.user.map { callfax_setopt_text(handle, CURLOPT_USERNAME, $0) } ?? CURLE_OK,
            settings.password.map { callfax_setopt_text(handle, CURLOPT_PASSWORD, $0) } ?? CURLE_OK,
        ]
        if let bad = checks.first(where: { $0 != CURLE_OK }) {
            throw MailFailure(.temporary, "libcurl refused a setting: \(String(cString: curl_easy_strerror(bad)))")
        }
        return curl_easy_perform(handle)
    }

    private var wasReused: Bool {
        var connections = 0
        return callfax_getinfo_long(handle, CURLINFO_NUM_CONNECTS, &connections) == CURLE_OK && connections == 0
    }

    /// Permanent is only what the server said about this message; a server that we don't get on with can be mended. Where it
    /// never came to this message, no server is to be had.
    private func failure(_ result: CURLcode, recipient: EmailAddress, isAllRead: Bool) -> MailFailure {
        let server = "\(settings.host):\(settings.port)"
        // Only a body that has begun can stall (SMTPUpload), and the server lacks its end.
        if result == CURLE_ABORTED_BY_CALLBACK {
            return MailFailure(
                .temporary,
                "\(server), mail for \(recipient): nothing of the message went out for \(settings.stallTimeout) s")
        }
        let answered = ![CURLE_OPERATION_TIMEDOUT, CURLE_COULDNT_CONNECT, CURLE_READ_ERROR].contains(result)
        let code = transcript.code
        guard answered, code >= 400, !transcript.command.isEmpty else {
            if transcript.bodyBegun, isAllRead {
                return MailFailure(
                    .unanswered,
                    "\(server), mail for \(recipient): the server was given all of it and did not answer; it may have it"
                )
            }
            let own = HeaderValue.visible(String(cString: errorText))
            let reason = own.isEmpty ? String(cString: curl_easy_strerror(result)) : own
            let atMessage = ["MAIL", "RCPT", "DATA"].contains(transcript.command) || transcript.bodyBegun
            return MailFailure(
                atMessage ? .temporary : .unavailable, "\(server), mail for \(recipient): \(reason)")
        }
        // 530, 534, 535 and 538 (RFC 4954 §6) are about who we are, not about the message.
        let aboutMessage =
            ["MAIL", "RCPT", "DATA"].contains(transcript.command) && ![530, 534, 535, 538].contains(code)
        // 421 (RFC 5321 §3.8): it is shutting down, whatever it was asked.
        let kind: MailFailure.Kind =
            !aboutMessage || code == 421 ? .unavailable : code >= 500 ? .permanent : .temporary
        return MailFailure(
            kind,
            "\(server) refused mail for \(recipient) at \(transcript.command): \(transcript.reply)")
    }
}
