import FaxModel
import Testing

@Suite struct ProbeAlarmTests {
    /// P passed, F failed, M missed; a letter in the second text for each mail: A alarm, O over, - none.
    @Test(
        "people are told once of the alarm and once of its end",
        arguments: [
            (1, "PFPFFP", "-AOA-O"), (2, "FPFFFPPFF", "---A-O--A"), (3, "FFPFFFFFP", "-----A--O"),
            // What was missed neither counts nor makes up for anything.
            (2, "FMFMP", "--A-O"), (2, "FMPMF", "-----"), (2, "MMMM", "----"), (2, "FFMMFP", "-A---O"), (1, "", ""),
        ])
    func told(limit: Int, ends: String, mails: String) {
        var alarm = ProbeAlarm()
        let news = ends.map { end -> String in
            let state: ProbeRun.State = end == "P" ? .passed : end == "F" ? .failed : .missed
            return switch alarm.note(state, limit: limit) {
            case .alarm: "A"
            case .over: "O"
            case nil: "-"
            }
        }
        #expect(news.joined() == mails)
    }

    @Test("a limit that was lowered alarms with the next failure")
    func lowered() {
        var alarm = ProbeAlarm(failures: 3)
        #expect(alarm.note(.failed, limit: 2) == .alarm)
        #expect(alarm == ProbeAlarm(failures: 4, isOn: true))
    }
}
