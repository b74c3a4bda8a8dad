import FaxInbox
import FaxModel
import Testing

@Suite("When a date is believed")
struct KeepingClockTests {
    @Test("A date that jumps ahead removes nothing for two days in which it goes on")
    func keepingClock() throws {
        var now = InboxFixture.now
        var text: String?
        func look(after seconds: Int64) -> KeepingClock {
            now = now.adding(seconds: seconds)
            let clock = KeepingClock(text, now: now)
            text = clock.text
            return clock
        }
        #expect(look(after: 0).believedAt == nil)
        #expect(look(after: 3600).believedAt == nil)
        let year: Int64 = 365 * 86_400
        #expect(look(after: year).believedAt == now.adding(seconds: 2 * 86_400))
        for _ in 0..<47 { #expect(look(after: 3600).believedAt != nil) }
        #expect(look(after: 3600).believedAt == nil)
        // Another jump begins anew; back where it was all is well at once.
        #expect(look(after: year).believedAt != nil)
        #expect(look(after: year).believedAt == now.adding(seconds: 2 * 86_400))
        #expect(look(after: -2 * year).believedAt == nil)
        #expect(look(after: 3600).believedAt == nil)
    }
}
