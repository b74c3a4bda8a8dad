import Testing

@testable import FaxRig

@Suite("What the rig observes")
struct ObservationTests {
    @Test("A fax session is read from Asterisk's table")
    func sessions() {
        let table = """

            Current FAX Sessions:

            Channel                        Tech       FAXID      Type  Operation  State           File(s)
            PJSIP/fax-trunk-00000000       Spandsp    7          T.38  send       Active          /spool/1.tiff

            1 FAX sessions


            """
        let expected = FaxSession(
            channel: "PJSIP/fax-trunk-00000000", id: 7, type: "T.38", operation: "send", state: "Active")
        #expect(FaxSession.parse(table) == [expected])
    }

    @Test("The details of a session are read field by field")
    func details() {
        let fields = FaxSession.fields(
            "\nFAX Session Details:\n-----\n\noperation              : Transmit\nPage Number            : 2\n")
        #expect(fields["operation"] == "Transmit")
        #expect(fields["Page Number"] == "2")
    }

    @Test("A message's header is unfolded and ends where the body begins", arguments: ["\n", "\r\n"])
    func mail(end: String) {
        let lines = [
            "Delivered-To: fax@rig.example", "Subject: a long", "\tsubject: with a colon", "", "To: not-a-header",
        ]
        let mail = ReceivedMail(path: "/x", bytes: Array(lines.joined(separator: end).utf8))
        #expect(mail.recipient == "fax@rig.example")
        #expect(mail.value("subject") == "a long subject: with a colon")
        #expect(mail.value("To") == nil)
    }
}
