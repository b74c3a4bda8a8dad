import Testing

@testable import FaxRig

/// spandsp's own words, as Asterisk 22 logged them in a call of one page.
@Suite("What the fax engine logged, told")
struct StoryT30Tests {
    /// Seconds and message; what a story doesn't use is left out.
    private static let onePage = """
        3.0 FLOW T.30 Rx:  CSI without final frame tag
        3.0 FLOW T.30 Remote gave CSI as: "+1 555 0269"
        3.5 FLOW T.30 Rx:  DIS with final frame tag
        3.5 FLOW T.30 DIS:
        3.5 FLOW T.30   .... ..1.= Can receive fax: Set
        3.5 FLOW T.30   ..10 11..= Supported data signalling rates: V.27 ter, V.29, and V.17
        3.5 FLOW T.30   .1.. ....= R8x7.7lines/mm and/or 200x200pels/25.4mm: Set
        3.5 FLOW T.30   .... .1..= Error correction mode (ECM): ECM
        3.5 FLOW T.30   .... ...1= R8x15.4lines/mm: Set
        3.5 FLOW T.30 Start sending document
        3.5 FLOW T.30 Starting page 1 of transfer
        3.5 FLOW T.30 DCS:
        3.5 FLOW T.30   ..10 00..= Selected data signalling rate: V.17 14400bps
        3.5 FLOW T.30   .... .1..= Error correction mode (ECM): ECM
        3.5 FLOW T.30 Tx:  TSI without final frame tag
        5.2 FLOW T.30 DCS:
        5.2 FLOW T.30   ..10 00..= Selected data signalling rate: V.17 14400bps
        5.2 FLOW T.30   .... .1..= Error correction mode (ECM): ECM
        5.2 FLOW T.30 Tx:  DCS with final frame tag
        10.1 FLOW T.30 Rx:  CFR with final frame tag
        10.1 FLOW T.30 Changing from phase T30_PHASE_B_RX to T30_PHASE_C_ECM_TX
        12.9 FLOW T.30 Sending PPS + EOP
        14.2 FLOW T.30 Rx:  MCF with final frame tag
        14.2 FLOW T.30 Tx:  DCN with final frame tag
        """

    private static func told(_ log: String) -> T30Teller {
        var teller = T30Teller()
        for line in log.split(separator: "\n") {
            let parts = line.split(separator: " ", maxSplits: 1)
            guard let time = Double(parts[0]), let event = T30Event(String(parts[1])) else { continue }
            teller.read(event, at: time)
        }
        teller.end()
        return teller
    }

    @Test("each step is told once, and a page's seconds are those on the line")
    func onePage() {
        let teller = Self.told(Self.onePage)
        #expect(
            teller.steps.map(\.text) == [
                "the far machine calls itself \"+1 555 0269\"",
                "the far machine says what it can (DIS): up to 14,400 bit/s, up to 391 lines an inch, "
                    + "error correction (ECM)",
                "we choose 14,400 bit/s, with error correction (DCS), and send a test signal at that rate",
                "the test signal arrived well, it says: go on (CFR)",
                "page 1 was sent in 4 s, and the far machine confirmed it (MCF)",
                "we say goodbye (DCN)",
            ])
        #expect(teller.facts.rates == [14_400] && teller.facts.pagesConfirmed == 1)
        #expect(!teller.facts.awaitsConfirmation)
    }

    @Test("a rate that fails the test signal is told, and so is the lower one")
    func slowerAfterFailure() {
        let log = Self.onePage.replacing(
            "10.1 FLOW T.30 Rx:  CFR",
            with: """
                6.0 FLOW T.30 Rx:  FTT with final frame tag
                6.1 FLOW T.30 DCS:
                6.1 FLOW T.30   ..00 01..= Selected data signalling rate: V.29 9600bps
                6.1 FLOW T.30 Tx:  DCS with final frame tag
                10.1 FLOW T.30 Rx:  CFR
                """)
        let teller = Self.told(log)
        #expect(teller.facts.rates == [14_400, 9600] && teller.facts.failedTests == 1)
        #expect(teller.steps.contains { $0.text.contains("damaged at 14,400 bit/s") })
    }

    @Test("a page that is never confirmed is remembered as open")
    func noConfirmation() {
        let cut = Self.onePage.split(separator: "\n").dropLast(2).joined(separator: "\n")
        let facts = Self.told(cut).facts
        #expect(facts.awaitsConfirmation && facts.pagesConfirmed == 0 && facts.pagesBegun == 1)
    }
}
