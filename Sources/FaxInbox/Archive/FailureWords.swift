import FaxStore

/// Why a call failed, in words for somebody who waits for a fax; spandsp's own text stands behind them in brackets.
struct FailureWords {
    let text: String

    /// The texts are those of spandsp's t30_completion_code_to_str and of res_fax.c.
    init(_ receipt: InboxReceipt) {
        let status = receipt.faxStatusText ?? ""
        let error = receipt.faxError ?? ""
        let known = Self.table.first { status.hasPrefix($0.begins) || error.hasPrefix($0.begins) }
        let words = known?.words ?? "the transmission failed"
        let said = !status.isEmpty && status != "OK" ? status : error
        text = said.isEmpty ? words : "\(words) (\(said))"
    }

    /// Whether this server failed, not the line and not the caller: it could not begin, or not write the file.
    static func isOurFault(_ receipt: InboxReceipt) -> Bool {
        let said = [receipt.faxError, receipt.faxStatusText].compactMap(\.self)
        return said.contains { text in ours.contains { text.hasPrefix($0) } }
    }

    private static let ours = [
        "FILE_ERROR", "MEMORY_ERROR", "INIT_ERROR", "INVALID_ARGUMENTS", "TIFF/F file cannot be opened",
        "Cannot allocate memory",
    ]

    private static let table: [(begins: String, words: String)] = [
        ("The call dropped prematurely", "the call was cut off"),
        ("Disconnected after permitted retries", "the line was too bad, and both sides gave up"),
        ("Failed to train", "the line was too bad to agree on a speed"),
        ("Carrier lost", "the sender's signal was lost in the middle of a page"),
        ("Timed out while waiting for EOL", "the sender's signal was lost in the middle of a page"),
        ("Timed out waiting", "the sender stopped answering"),
        ("Timer T2 expired", "the sender stopped answering"),
        ("Unexpected DCN", "the sender hung up too early"),
        ("Received other than DIS", "the caller is no fax machine, or one that speaks differently"),
        ("Far end is not", "the two machines do not understand each other"),
        ("T38_NEG_ERROR", "the two sides could not agree on T.38"),
        ("TIMEOUT", "the sender stopped answering"),
        ("FILE_ERROR", "the file could not be written here"),
        ("TIFF/F file cannot be opened", "the file could not be written here"),
        ("MEMORY_ERROR", "this server had no memory left"),
        ("Cannot allocate memory", "this server had no memory left"),
        ("INIT_ERROR", "this server could not begin to receive"),
        ("INVALID_ARGUMENTS", "this server could not begin to receive"),
        ("HANGUP", "the caller hung up"),
    ]
}
