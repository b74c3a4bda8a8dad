/// The cases of Asterisk's own test suite for fax and call files, and what of ours covers each.
package enum AsteriskCases {
    package struct Case: Sendable {
        /// The test's place in Asterisk's suite.
        package var theirs: String
        /// Scenarios of the matrix.
        package var ours: [String] = []
        /// Where no scenario can show it: what does instead, or why it isn't covered.
        package var note = ""
    }

    package static let all: [Case] = [
        Case(theirs: "fax/pjsip/t38", ours: ["t38-redundancy", "t38-fec", "t38-none"]),
        Case(theirs: "fax/pjsip/t38_with_auth", ours: ["t38-auth"]),
        Case(theirs: "fax/pjsip/maxdatagram", ours: ["t38-redundancy", "t38-maxdatagram"]),
        Case(theirs: "fax/pjsip/t38_fast_reject", ours: ["t38-refused"]),
        Case(theirs: "fax/pjsip/t38_enabled_two_reinvite", ours: ["t38-refused", "g711-ulaw"]),
        Case(theirs: "fax/pjsip/gateway_g711_t38", ours: ["gateway-g711-t38"]),
        Case(theirs: "fax/pjsip/gateway_t38_g711_tx", ours: ["gateway-t38-g711", "gateway-t38-g711-v17"]),
        Case(theirs: "fax/pjsip/gateway_t38_g711_rx", ours: ["gateway-g711-t38"]),
        Case(theirs: "fax/pjsip/gateway_native_t38", ours: ["gateway-t38-t38"]),
        Case(theirs: "fax/pjsip/t38_initial_offer", ours: ["stranger-calls-t38"]),
        Case(theirs: "fax/pjsip/t38_1xx_response", ours: ["stranger-183-then-488", "stranger-488-too-late"]),
        Case(theirs: "fax/pjsip/t38_zero_port", ours: ["stranger-port-0-agreed", "stranger-port-0-offered"]),
        Case(
            theirs: "fax/pjsip/directmedia_reinvite_t38", note: "does not apply: direct_media is off on fax endpoints"),
        Case(theirs: "fax/pjsip/ast-2016-003", ours: ["stranger-rubbish", "stranger-calls-rubbish"]),
        Case(theirs: "pbx/call-files", ours: ["t38-redundancy", "pages-3"]),
        Case(theirs: "pbx/create_call_files", ours: ["lines-98", "lines-391", "ecm-off"]),
        Case(theirs: "pbx/call_file_retries_success", ours: ["breaks-then-resumes"]),
        Case(theirs: "pbx/call_file_retries_fail", ours: ["busy-486", "rings-out", "breaks-for-good"]),
        Case(
            theirs: "pbx/call_file_retries_alwaysdelete",
            note: "does not apply: templates with AlwaysDelete: no are refused (SpoolFilesTests)"),
        Case(
            theirs: "pbx/call_file_retries_archive",
            note: "every call file is archived, and read from there (FaxSchedulerTests, DurabilityTests)"),
    ]
}
