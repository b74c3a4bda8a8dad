import FaxModel

/// A run as `--json` prints it.
struct ProbeRunView: Encodable {
    var id: Int64
    var probe: String
    var state: String
    var count: Int
    var scheduled: String?
    var begun: String
    var called: String?
    var ended: String?
    var job: Int64?
    var station: String?
    var cause: Cause?
    var detail: String
    var figures: ProbeRun.Figures

    init(_ run: ProbeRun, times: TimeText) {
        id = run.id
        probe = run.probe.text
        state = run.state.rawValue
        count = run.count
        scheduled = run.scheduled.map(times.iso)
        begun = times.iso(run.begun)
        called = run.called.map(times.iso)
        ended = run.ended.map(times.iso)
        job = run.job
        station = run.mark?.station
        cause = run.cause
        detail = run.detail
        figures = run.figures
    }
}
