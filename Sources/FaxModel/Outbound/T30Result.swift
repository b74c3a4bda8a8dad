/// The completion texts of spandsp's T.30 engine (t30_logging.c; the same in 0.0.6 and 3.0) and what they mean to a sender.
package enum T30Result {
    /// The cause for a text of FAXERROR or FAXSTATUSSTRING; nil for one that spandsp doesn't have.
    package static func cause(of text: String) -> Cause? { causes[text] }

    /// All texts that are known.
    package static var texts: [String] { causes.keys.sorted() }

    private static let causes: [String: Cause] = {
        var table: [String: Cause] = [:]
        for (cause, texts) in groups { for text in texts { table[text] = cause } }
        return table
    }()

    private static let groups: [(Cause, [String])] = [
        (
            .handshakeNoFax,
            [
                "The CED tone exceeded 5s", "Timed out waiting for initial communication",
                "Timed out waiting for the first message", "Received other than DIS while waiting for DIS",
                "Timed out waiting for procedural interrupt", "DCS received while waiting for DTC",
            ]
        ),
        (
            .handshakeTrain,
            [
                "The HDLC carrier did not stop in a timely manner",
                "Failed to train with any of the compatible modems", "Received bad response to DCS or training",
                "Received no response to DCS or TCF",
            ]
        ),
        (
            .handshakeIncompatible,
            [
                "Far end is not compatible", "Far end is not able to receive", "Far end is not able to transmit",
                "Far end cannot receive at the size of image",
            ]
        ),
        (.handshakeResolution, ["Far end cannot receive at the resolution of the image"]),
        (
            .handshakeRefused,
            [
                "Operator intervention failed", "Received a DCN while waiting for a DIS",
                "Unexpected DCN while waiting for DCS or DIS",
            ]
        ),
        (
            .pageDropped,
            [
                "The call dropped prematurely", "Received a DCN from remote after sending a page",
                "Carrier lost during fax receive", "Unexpected DCN while waiting for image data",
                "Unexpected DCN while waiting for EOM, EOP or MPS", "Unexpected DCN after EOM or MPS sequence",
            ]
        ),
        (
            .pageNoResponse,
            [
                "No response after sending a page", "Invalid response after sending a page",
                "Disconnected after permitted retries", "Unexpected message received",
                "Unexpected command after page received", "Timed out while waiting for EOL (end Of line)",
                "Timed out while waiting for first line", "Timer T2 expired while waiting for DCN",
                "Timer T2 expired while waiting for phase D", "Timer T2 expired while waiting for fax page",
                "Timer T2 expired while waiting for next fax page",
                "Timer T2 expired while waiting for NSS, DCS or MCF",
            ]
        ),
        (
            .pageECM,
            [
                "Invalid ECM response received from receiver", "Invalid ECM response received from transmitter",
                "Timed out waiting for receiver ready (ECM mode)", "Timer T2 expired while waiting for RR command",
                "Unexpected DCN after RR/RNR sequence", "Unexpected DCN after requested retransmission",
            ]
        ),
        (
            .fileUnusable,
            [
                "TIFF/F file cannot be opened", "TIFF/F page not found", "TIFF/F format is not compatible",
                "TIFF/F page number tag missing", "Incorrect values for TIFF/F tags",
                "Bad TIFF/F header - incorrect values in fields",
            ]
        ),
        (.localEngine, ["Cannot allocate memory for more pages"]),
        (
            .authRefused,
            [
                "Poll not accepted", "Ident not accepted", "Polled sub-address not accepted",
                "Selective polling address not accepted", "Sender identification not accepted",
                "Password not accepted", "Sub-address not accepted",
                "Transmitting subscriber internet address not accepted",
                "Internet routing address not accepted", "Calling subscriber internet address not accepted",
                "Internet selective polling address not accepted",
                "Called subscriber internet address not accepted",
            ]
        ),
    ]
}
