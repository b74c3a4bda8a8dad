import FaxInbox
import FaxModel
import SpoolFiles
import Testing

@Suite("Settings of the inbox")
struct InboxSettingsTests {
    private func make(host: String = "fax", zone: String = "UTC", maxCall: Int64 = 60) throws {
        let address = try EmailAddress(parsing: "a@example.net")
        _ = try InboxSettings(
            layout: SpoolLayout(root: "/nowhere"), host: host, timeZoneIdentifier: zone, from: address,
            rules: InboxRules(operator: address), maxCall: maxCall)
    }

    @Test("What can't work is refused with one line")
    func refused() throws {
        try make()
        #expect(throws: FaxError.self) { try make(host: "fax example\r\n") }
        #expect(throws: FaxError.self) { try make(host: "") }
        #expect(throws: FaxError.self) { try make(host: String(repeating: "a", count: 121)) }
        #expect(throws: FaxError.self) { try make(zone: "Mars/Phobos") }
        #expect(throws: FaxError.self) { try make(maxCall: 0) }
    }
}
