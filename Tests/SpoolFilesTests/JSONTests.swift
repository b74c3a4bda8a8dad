import FaxModel
import Foundation
import SpoolFiles
import Testing

@Suite("JSON without Foundation")
struct JSONTests {
    static let hostile: [String] = [
        "", "\"\\/\u{8}\u{c}\n\r\t", "\u{0}\u{1}\u{1F}\u{7F}\u{80}", "é ü 漢 😀 \u{2028}\u{2029}", "\\u0041", "\u{FFFD}",
        "{\"a\":1}", "e\u{301}", String(repeating: "\"", count: 2000),
        String(decoding: [0xFF, 0xC3, 0x28, 0xED, 0xA0, 0x80] as [UInt8], as: UTF8.self),
    ]

    private func call() throws -> ChannelID { try ChannelID(parsing: "host-1700000000.7") }

    /// Foundation reads what we wrote, we read what we wrote, and we read what Foundation wrote.
    private func roundTrips<T: JSONRecord & Codable & Equatable>(_ value: T) throws {
        let written = value.json.line
        #expect(try JSONDecoder().decode(T.self, from: Data(written)) == value)
        #expect(try T(parsing: written) == value)
        #expect(try T(parsing: Array(JSONEncoder().encode(value))) == value)
        #expect(written.filter { $0 == 10 }.count == 1)
    }

    @Test("Every record with every hostile text goes through Foundation and back", arguments: hostile)
    func records(text: String) throws {
        let identity = ProcessIdentity(pid: .max, startTicks: .max, bootID: text)
        let at = UnixTime(milliseconds: .max)
        try roundTrips(
            StartMarker(
                holder: .call, attempt: attempt(), at: at, uniqueid: call(), channel: text, asterisk: identity))
        try roundTrips(StartMarker(holder: .closed, attempt: attempt(), at: UnixTime(milliseconds: -1)))
        try roundTrips(
            CallReport(
                origin: .failed, attempt: attempt(), uniqueid: call(), channel: text, at: at, asterisk: identity,
                faxStatus: text, faxError: text, faxStatusText: text, pages: .min, rate: 14400, resolution: text,
                mode: text, remoteStationID: text, localStationID: text, hangupCause: 16, techCause: text, reason: 8,
                billableSeconds: .max))
        try roundTrips(CallReport(origin: .handler, attempt: attempt(), uniqueid: call(), channel: text, at: at))
        try roundTrips(
            ReceivingMarker(
                uniqueid: call(), channel: text, at: at, asterisk: identity, dialled: text, callerNumber: text,
                callerName: text, account: text, recipients: text))
        try roundTrips(
            ReceiptReport(
                uniqueid: call(), channel: text, at: at, startedAt: at, asterisk: identity, dialled: text,
                callerNumber: text, callerName: text, account: text, recipients: text, faxStatus: text, faxError: text,
                faxStatusText: text, pages: 1, rate: 2, resolution: text, mode: text, ecm: text, remoteStationID: text,
                localStationID: text, hangupCause: 3))
        try roundTrips(
            ReceiptReport(
                uniqueid: call(), channel: text, at: at, dialled: text, callerNumber: text, callerName: text,
                account: text, recipients: text))
    }

    static let valid: [(text: String, value: JSONValue)] = [
        (" null ", .null), ("true", .bool(true)), ("-0.5e+10", .number("-0.5e+10")), ("[]", .array([])),
        ("\"\\ud83d\\ude00\\u00e9\\/\"", .string("😀é/")),
        ("{\"a\" : [1, {\"b\":null}]}", .object(["a": .array([.number("1"), .object(["b": .null])])])),
    ]

    @Test("JSON as others write it is read", arguments: valid)
    func reads(text: String, value: JSONValue) throws {
        #expect(try JSONValue(parsing: Array(text.utf8)) == value)
    }

    static let invalid: [String] = [
        "", " ", "{", "{\"a\"}", "{\"a\":}", "{\"a\":1,}", "{\"a\":1,\"a\":2}", "[1,]", "[1", "01", "1.", "-", "1e",
        "nul", "truex", "\"", "\"\\x\"", "\"\\u12\"", "\"\\ud83d\"", "\"\\ude00\"", "\"\\ud83dx\"", "\"a\nb\"", "1 2",
        "'a'", String(repeating: "[", count: 1000), "{\"a\":1}\u{0}",
    ]

    @Test("Anything else is refused", arguments: invalid)
    func refuses(text: String) {
        #expect(throws: FaxError.self) { try JSONValue(parsing: Array(text.utf8)) }
    }

    @Test("Invalid UTF-8 and more than 64 KiB are refused")
    func refusesBytes() {
        #expect(throws: FaxError.self) { try JSONValue(parsing: [34, 0xFF, 34]) }
        #expect(throws: FaxError.self) { try JSONValue(parsing: [UInt8](repeating: 32, count: 65_537)) }
    }

    static let wrong: [String] = [
        "[]", "{}", "{\"holder\":\"call\"}", "{\"holder\":\"x\",\"attempt\":\"7-1-a\",\"at\":1}",
        "{\"holder\":\"call\",\"attempt\":\"../x\",\"at\":1}", "{\"holder\":\"call\",\"attempt\":\"7-1-a\",\"at\":1.5}",
        "{\"holder\":\"call\",\"attempt\":\"7-1-a\",\"at\":\"1\"}",
        "{\"holder\":\"call\",\"attempt\":\"7-1-a\",\"at\":99999999999999999999}",
        "{\"holder\":\"call\",\"attempt\":\"7-1-a\",\"at\":1,\"uniqueid\":\"../x\"}",
    ]

    @Test("A record with a missing, mistyped or dangerous member is refused", arguments: wrong)
    func refusesRecords(text: String) {
        #expect(throws: FaxError.self) { try StartMarker(parsing: Array(text.utf8)) }
    }
}
