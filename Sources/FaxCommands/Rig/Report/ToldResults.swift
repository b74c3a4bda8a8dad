import FaxRig

/// What came of a validation, with the stories of the calls that somebody will ask about.
struct ToldResults: Sendable {
    let results: [ScenarioResult]
    let timings: [ValidationTiming]
    /// Asterisk's version as it says it itself, like `22.6.0~dfsg`; nil where nobody was asked.
    let version: String?
    private let calls: [String: [RecordedCall]]

    /// Stories of what is not as expected, or of everything.
    init(_ results: [ScenarioResult], _ records: CallRecords, everything: Bool, version: String?) {
        self.results = results
        self.version = version
        timings = records.timings(results)
        calls = Dictionary(
            uniqueKeysWithValues: results.filter { everything || !$0.isAsExpected }
                .map { ($0.scenario.name, records.calls(of: $0)) })
    }

    /// Without stories: nobody listened to the calls.
    init(_ results: [ScenarioResult]) {
        self.results = results
        timings = []
        version = nil
        calls = [:]
    }

    func calls(of result: ScenarioResult) -> [RecordedCall] { calls[result.scenario.name] ?? [] }

    /// Below the report's directory.
    static let directory = "calls"
    static func textFile(_ call: RecordedCall) -> String { "\(directory)/\(call.name).txt" }
    static func captureFile(_ call: RecordedCall) -> String { "\(directory)/\(call.name).pcap" }
}
