import CCurl
import FaxModel
import Foundation

/// One libcurl handle and its connection to an IMAP server. Blocks; belongs to one thread at a time.
final class IMAPSession {
    private let address: MailboxAddress
    private let password: String
    private let handle: UnsafeMutableRawPointer
    private let errorText = UnsafeMutablePointer<CChar>.allocate(capacity: Int(CURL_ERROR_SIZE))

    init(_ address: MailboxAddress, password: String) throws(FaxError) {
        guard CurlLibrary.started == CURLE_OK, let handle = curl_easy_init() else {
            throw FaxError(.unavailable, "libcurl could not be started")
        }
        self.address = address
        self.password = password
        self.handle = handle
    }

    deinit {
        curl_easy_cleanup(handle)
        errorText.deallocate()
    }

    /// The URL of the folder.
    var folder: String {
        let scheme = address.security == .tls ? "imaps" : "imap"
        let host = address.host.contains(":") ? "[\(address.host)]" : address.host
        let name = address.folder.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? "INBOX"
        return "\(scheme)://\(host):\(address.port)/\(name)"
    }

    /// What the server answers: to a command in the folder, or with the message that the URL names.
    func perform(_ url: String, command: String? = nil) throws(FaxError) -> [UInt8] {
        let answer = Answer()
        // Options go, the connection stays.
        curl_easy_reset(handle)
        errorText[0] = 0
        let checks = [
            callfax_setopt_text(handle, CURLOPT_URL, url),
            callfax_setopt_text(handle, CURLOPT_PROTOCOLS_STR, "imap,imaps"),
            // No proxy from the environment.
            callfax_setopt_text(handle, CURLOPT_PROXY, ""),
            command.map { callfax_setopt_text(handle, CURLOPT_CUSTOMREQUEST, $0) } ?? CURLE_OK,
            callfax_setopt_text(handle, CURLOPT_USERNAME, address.user),
            callfax_setopt_text(handle, CURLOPT_PASSWORD, password),
            callfax_setopt_long(handle, CURLOPT_NOSIGNAL, 1),
            callfax_setopt_long(handle, CURLOPT_CONNECTTIMEOUT, 10),
            callfax_setopt_long(handle, CURLOPT_TIMEOUT, 30),
            callfax_setopt_long(handle, CURLOPT_SERVER_RESPONSE_TIMEOUT, 20),
            callfax_setopt_pointer(handle, CURLOPT_ERRORBUFFER, errorText),
            callfax_setopt_pointer(handle, CURLOPT_WRITEDATA, Unmanaged.passUnretained(answer).toOpaque()),
            callfax_setopt_write(handle) { bytes, size, count, context in
                guard let context, let bytes else { return 0 }
                return Unmanaged<Answer>.fromOpaque(context).takeUnretainedValue().add(bytes, size * count)
            },
            address.security == .starttls
                ? callfax_setopt_long(handle, CURLOPT_USE_SSL, Int(CURLUSESSL_ALL.rawValue)) : CURLE_OK,
            // Both are libcurl's own defaults; said so that none of its changes can change them here.
            callfax_setopt_long(handle, CURLOPT_SSL_VERIFYPEER, address.checksCertificate ? 1 : 0),
            callfax_setopt_long(handle, CURLOPT_SSL_VERIFYHOST, address.checksCertificate ? 2 : 0),
            address.caFile.map { callfax_setopt_text(handle, CURLOPT_CAINFO, $0) } ?? CURLE_OK,
        ]
        if let bad = checks.first(where: { $0 != CURLE_OK }) {
            throw FaxError(.unavailable, "libcurl refused a setting: \(String(cString: curl_easy_strerror(bad)))")
        }
        let result = curl_easy_perform(handle)
        guard result == CURLE_OK else {
            let own = HeaderValue.visible(String(cString: errorText))
            let reason = own.isEmpty ? String(cString: curl_easy_strerror(result)) : own
            throw FaxError(.unavailable, "imap server \(address.host):\(address.port), \(address.folder): \(reason)")
        }
        return answer.bytes
    }
}

/// What comes from the server, up to a size that no fax has.
private final class Answer {
    private(set) var bytes: [UInt8] = []

    /// Returns how much was taken; libcurl ends the transfer when that is less than all.
    func add(_ start: UnsafePointer<CChar>, _ count: Int) -> Int {
        guard bytes.count + count <= 200_000_000 else { return 0 }
        start.withMemoryRebound(to: UInt8.self, capacity: count) {
            bytes += UnsafeBufferPointer(start: $0, count: count)
        }
        return count
    }
}
