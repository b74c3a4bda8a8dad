import FaxModel
import FaxSettings
import Testing

@Suite struct WindowSettingsTests {
    @Test("windows and holidays are read")
    func read() throws {
        let text = """
            time_zone: Europe/Paris
            sending:
              windows:
                - {match: ["_+49X."], class: bulk, zone: Europe/Berlin, days: "fri-mon", from: "08:00", to: "24:00"}
                - periods:
                    - {days: mon, from: "22:00", to: "06:00"}
                    - {days: "sat,sun", from: "00:00", to: "12:00"}
                  holidays: true
              holidays: ["12-25", "2027-03-26"]
            """
        let windows = try Settings.parse(text, file: "c", hostName: "h").sending.windows
        #expect(windows.rules.count == 2)
        #expect(windows.rules[0].periods[0].days == [.friday, .saturday, .sunday, .monday])
        #expect(windows.rules[0].periods[0].to == 1440)
        #expect(windows.rules[1].zone == "Europe/Paris" && windows.rules[1].holidays)
        #expect(windows.rules[1].periods.count == 2)
        #expect(windows.holidays.map(\.description) == ["12-25", "2027-03-26"])
    }

    @Test("every mistake is named with its line")
    func mistakes() throws {
        let text = """
            sending:
              windows:
                - {days: mon-fry, from: "08:00", to: "18:00"}
                - {from: "8:00", to: "18:00"}
                - {from: "08:00"}
                - {zone: Mars/Base, from: "08:00", to: "18:00"}
                - {class: some, from: "24:00", to: "25:00"}
              holidays: ["02-30", "2026-12"]
            """
        let error = #expect(throws: FaxError.self) { try Settings.parse(text, file: "c", hostName: "h") }
        let lines = error?.message.split(separator: "\n").map(String.init) ?? []
        for expected in [
            "c:3: sending.windows[1].days", "c:4: sending.windows[2].from", "c:5: sending.windows[3].to",
            "c:6: sending.windows[4].zone", "c:7: sending.windows[5].class", "c:7: sending.windows[5].to",
            "c:8: sending.holidays",
        ] {
            #expect(lines.contains { $0.hasPrefix(expected) }, "no line about \(expected) in \(lines)")
        }
    }
}
