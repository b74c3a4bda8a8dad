import FaxModel
import SpoolFiles

/// Values and templates for the tests of call files.
enum CallFileFixture {
    static func values(
        number: String = "+4930123456", callerID: String? = "\"Müller & Söhne\" <+4930999>",
        header: String? = "Acme; Ltd.", faxFile: String = "/var/spool/callfax/attempts/7-1-0a0b0c0d.tiff"
    ) throws -> CallFileValues {
        try CallFileValues(
            attempt: attempt(), number: FaxNumber(parsing: number), trunk: TrunkName(parsing: "trunk-1"),
            callerID: callerID.map { try CallerID(parsing: $0) }, faxFile: FaxFilePath(parsing: faxFile),
            stationID: StationID(parsing: "+49 30 999"), header: header.map { try PlainHeaderText(parsing: $0) },
            ecm: true,
            maxRate: .r9600, options: .t38WithFallback, waitTime: 45, retries: 0, retryTime: 86400, timeout: 900,
            pageTotal: 3)
    }

    /// The shortest template that passes all checks.
    static let minimal = [
        "Channel: PJSIP/${FAXNUMBER}@${FAXTRUNK}", "CallerID: ${FAXSRC}", "WaitTime: ${WAITTIME}",
        "MaxRetries: ${RETRIES}", "RetryTime: ${RETRYTIME}", "Context: fax-outbound", "Extension: ${FAXNUMBER}",
        "Archive: Yes", "Set: FAXATTEMPT=${FAXATTEMPT}", "Set: FAXFILE=${FAXFILE}",
        "Set: CHANNEL(hangup_handler_push)=fax-outbound-result,s,1",
    ]

    static func template(_ lines: [String]) throws -> CallFileTemplate {
        try CallFileTemplate(text: lines.joined(separator: "\n") + "\n", name: "t.call")
    }

    static let shipped =
        String(#filePath.dropLast("Tests/SpoolFilesTests/CallFileFixture.swift".count))
        + "callfile-templates/fax-outbound.call"
}
