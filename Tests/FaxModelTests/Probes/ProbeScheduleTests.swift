import FaxModel
import Testing

@Suite struct ProbeScheduleTests {
    private func plan(_ due: [Int64], now: Int64, isBusy: Bool = false) -> (run: Int64?, missed: [Int64]) {
        let plan = ProbeSchedule(due: due.map(UnixTime.init(seconds:)), now: UnixTime(seconds: now), isBusy: isBusy)
        return (plan.run?.seconds, plan.missed.map(\.seconds))
    }

    @Test("what is just due is run")
    func due() {
        #expect(plan([1000], now: 1000) == (1000, []))
        #expect(plan([1000], now: 1120) == (1000, []))
        #expect(plan([], now: 1000) == (nil, []))
    }

    @Test("what is long over is missed, and never more than one is run")
    func missed() {
        #expect(plan([1000], now: 1121) == (nil, [1000]))
        #expect(plan([400, 700, 1000], now: 1001) == (1000, [400, 700]))
        #expect(plan([940, 1000], now: 1001) == (1000, [940]))
        #expect(plan([400, 700], now: 1001) == (nil, [400, 700]))
    }

    @Test("none begins while the one before is under way")
    func busy() { #expect(plan([940, 1000], now: 1001, isBusy: true) == (nil, [940, 1000])) }
}
