import FaxModel

/// Tells a fax by what spandsp logged of it, and gathers the facts.
struct T30Teller {
    private(set) var steps: [FaxStory.Step] = []
    var facts = StoryFacts()

    /// A DIS or DCS whose fields are still coming.
    private var announced: Announcement?
    /// A DCS of ours that is made up and not yet sent; spandsp logs it at both moments.
    private var prepared: Announcement?
    /// The DIS or DCS that was received just now.
    private var heard: String?
    private var page: Page?
    /// Pages that went well, one after the other, not told yet.
    private var smooth: [Page] = []
    private var rate: Int?
    private var heardDIS = 0
    private var saidDIS = 0
    /// How many timers ran out since anything else happened.
    private var silences = 0

    private struct Announcement {
        var time: Double
        var isDIS: Bool
        var isOurs: Bool
        var fields: [String: String] = [:]
    }

    private struct Page {
        var number: Int
        var began: Double
        var ended = 0.0
        var rows: Int?
        /// EOP, MPS, EOM or NULL: what was said at the end of what was sent last.
        var end: String?
        var hadTrouble = false
    }

    private var isSending: Bool { facts.isSending ?? true }

    mutating func read(_ event: T30Event, at time: Double) {
        if case .field(let name, let value) = event {
            announced?.fields[name] = value
            return
        }
        endAnnouncement()
        switch event {
        case .began(let sending): facts.isSending = sending
        case .received(let frame): received(frame, time)
        case .sent(let frame): sent(frame, time)
        case .announcement(let frame):
            announced = Announcement(time: time, isDIS: frame == "DIS", isOurs: heard != frame)
            heard = nil
        case .partialPage(let kind, _): endOfPage(kind, time)
        case .remoteName(let name):
            facts.heardFax = true
            tell(time, .introduction, "the far machine calls itself \(quoted(name, limit: 40))")
        case .remoteMaker(let name): tell(time, .introduction, "it was made by \(quoted(name, limit: 40))")
        case .page(let number): beginPage(number, time)
        case .pageData: if !isSending, facts.passedTest, page == nil { beginPage(facts.pagesConfirmed + 1, time) }
        case .rows(let count): page?.rows = count
        case .badRows(let count): facts.badRows += count
        case .frameToRepeat: facts.framesRepeated += 1
        case .timer(let name): silence(name, time)
        case .result(let text):
            facts.result = text
            if text != "OK" { tell(time, .release, "the fax engine's own words: \(quoted(text))") }
        case .field, .bytes, .retry: break
        }
    }

    /// Tells what is still held back.
    mutating func end() {
        endAnnouncement()
        flush()
    }

    // MARK: Telling

    private mutating func tell(_ time: Double, _ phase: FaxStory.Phase, _ text: String) {
        flush()
        steps.append(FaxStory.Step(time, phase, text))
    }

    private mutating func flush() {
        defer { smooth = [] }
        guard let first = smooth.first, let last = smooth.last else { return }
        guard smooth.count > 3 else {
            for page in smooth { steps.append(FaxStory.Step(page.ended, .page, Self.words(page, sending: isSending))) }
            return
        }
        let each = (last.ended - first.began) / Double(smooth.count)
        let verb = isSending ? "sent, and each was confirmed" : "received, and we confirmed each"
        steps.append(
            FaxStory.Step(
                last.ended, .page,
                "pages \(first.number) to \(last.number) were \(verb), about \(Int(each.rounded())) s each"))
    }

    private static func words(_ page: Page, sending: Bool) -> String {
        let rows = page.rows.map { " of \(Words.number($0)) rows" } ?? ""
        let seconds = Int((page.ended - page.began).rounded())
        return sending
            ? "page \(page.number)\(rows) was sent in \(seconds) s, and the far machine confirmed it (MCF)"
            : "page \(page.number)\(rows) arrived in \(seconds) s, and we confirmed it (MCF)"
    }

    // MARK: Introduction

    /// A DIS or DCS is told once its fields are all there.
    private mutating func endAnnouncement() {
        guard let announced else { return }
        self.announced = nil
        if announced.isDIS {
            tellAbilities(announced)
        } else if announced.isOurs {
            prepared = announced
        } else {
            tellChoice(announced)
        }
    }

    private mutating func tellAbilities(_ said: Announcement) {
        guard !said.isOurs else {
            saidDIS += 1
            if saidDIS == 1 { tell(said.time, .introduction, "we say what we can (DIS)") }
            if saidDIS == 2 { tell(said.time, .introduction, "there is no answer to that: we say it again") }
            return
        }
        heardDIS += 1
        guard heardDIS == 1 else {
            if heardDIS == 2 {
                tell(
                    said.time, .introduction,
                    "it says so again (DIS): our answer did not get through to it, or not in time")
            }
            return
        }
        var abilities: [String] = []
        let modems = said.fields["Supported data signalling rates"] ?? ""
        if modems.contains("V.17") {
            abilities.append("up to 14,400 bit/s")
        } else if modems.contains("V.29") {
            abilities.append("up to 9,600 bit/s")
        } else if !modems.isEmpty {
            abilities.append("up to 4,800 bit/s")
        }
        if said.fields["R8x15.4lines/mm"] == "Set" {
            abilities.append("up to 391 lines an inch")
        } else if said.fields["R8x7.7lines/mm and/or 200x200pels/25.4mm"] == "Set" {
            abilities.append("up to 196 lines an inch")
        } else {
            abilities.append("98 lines an inch only")
        }
        abilities.append(
            said.fields["Error correction mode (ECM)"] == "ECM" ? "error correction (ECM)" : "no error correction")
        tell(said.time, .introduction, "the far machine says what it can (DIS): " + abilities.joined(separator: ", "))
    }

    private mutating func tellChoice(_ said: Announcement) {
        let words = said.fields["Selected data signalling rate"] ?? ""
        let chosen = words.split(separator: " ").last.flatMap { Int($0.prefix { $0.isNumber }) }
        var choice: [String] = []
        if let chosen {
            rate = chosen
            facts.rates.append(chosen)
            choice.append("\(Words.number(chosen)) bit/s")
        }
        let hasECM = said.fields["Error correction mode (ECM)"] == "ECM"
        facts.hasErrorCorrection = hasECM
        choice.append(hasECM ? "with error correction" : "without error correction")
        if said.isOurs {
            tell(
                said.time, .introduction,
                "we choose \(choice.joined(separator: ", ")) (DCS), and send a test signal at that rate")
        } else {
            tell(
                said.time, .introduction,
                "the far machine chooses \(choice.joined(separator: ", ")) (DCS), and sends a test signal at that rate")
        }
    }

    private var atRate: String { rate.map { " at \(Words.number($0)) bit/s" } ?? "" }

    // MARK: Frames

    private mutating func received(_ frame: String, _ time: Double) {
        facts.heardFax = true
        silences = 0
        switch frame {
        case "DIS", "DCS": heard = frame
        case "CFR":
            facts.passedTest = true
            page?.began = time
            tell(time, .introduction, "the test signal arrived well, it says: go on (CFR)")
        case "FTT":
            facts.failedTests += 1
            tell(time, .introduction, "the test signal arrived damaged\(atRate), it says: try again (FTT)")
        case "MCF", "RTP": confirmed(time, frame)
        case "RTN":
            facts.badPages += 1
            facts.awaitsConfirmation = false
            tell(time, .afterPage, "the far machine calls page \(page?.number ?? facts.pagesBegun) bad (RTN)")
        case "PPR":
            facts.repeatRequests += 1
            page?.hadTrouble = true
            tell(
                time, .afterPage,
                "parts of page \(page?.number ?? facts.pagesBegun) arrived damaged: it asks for them again (PPR)")
        case "RNR": tell(time, .afterPage, "the far machine is busy with the page and asks us to wait (RNR)")
        case "CRP": tell(time, .afterPage, "the far machine did not understand, and asks to hear that again (CRP)")
        case "DCN":
            let isOver = !isSending && facts.pagesConfirmed > 0 && (page == nil || page?.end == nil)
            if !isOver { facts.farEndSaidGoodbye = true }
            tell(time, .release, "the far machine says goodbye (DCN)")
        case "EOP", "MPS", "EOM", "PRI-EOP", "PRI-MPS", "PRI-EOM": if !isSending { endOfPage(frame, time) }
        default: break
        }
    }

    private mutating func sent(_ frame: String, _ time: Double) {
        switch frame {
        case "DCS":
            if let prepared { tellChoice(prepared) }
            prepared = nil
        case "CFR":
            facts.passedTest = true
            tell(time, .introduction, "the test signal arrived well, we say: go on (CFR)")
        case "FTT":
            facts.failedTests += 1
            tell(time, .introduction, "the test signal arrived damaged\(atRate), we say: try again (FTT)")
        case "MCF" where !isSending: confirmed(time, frame)
        case "RTN" where !isSending:
            facts.badPages += 1
            tell(time, .afterPage, "we call page \(page?.number ?? 1) bad (RTN)")
        case "PPR" where !isSending:
            facts.repeatRequests += 1
            page?.hadTrouble = true
            tell(time, .afterPage, "parts of page \(page?.number ?? 1) arrived damaged: we ask for them again (PPR)")
        case "EOP", "MPS", "EOM": if isSending { endOfPage(frame, time) }
        case "CTC":
            tell(time, .afterPage, "parts were damaged four times in a row: we slow down and send them again (CTC)")
        case "EOR": tell(time, .afterPage, "too much had to be repeated: we give the rest of the page up (EOR)")
        case "DCN": tell(time, .release, "we say goodbye (DCN)")
        default: break
        }
    }

    // MARK: Pages

    private mutating func beginPage(_ number: Int, _ time: Double) {
        guard page?.number != number else { return }
        page = Page(number: number, began: time)
        facts.pagesBegun = max(facts.pagesBegun, number)
    }

    private mutating func endOfPage(_ kind: String, _ time: Double) {
        if page == nil { beginPage(facts.pagesConfirmed + 1, time) }
        page?.end = kind
        if isSending { facts.awaitsConfirmation = true }
    }

    private mutating func confirmed(_ time: Double, _ frame: String) {
        facts.awaitsConfirmation = false
        // NULL is the end of a part: the page goes on.
        guard var done = page, let end = done.end, end != "NULL" else { return }
        page = nil
        facts.pagesConfirmed += 1
        done.ended = time
        if done.hadTrouble {
            tell(time, .afterPage, Self.words(done, sending: isSending))
        } else if frame == "RTP" {
            tell(time, .afterPage, Self.words(done, sending: isSending) + ", and wants the line tested again (RTP)")
        } else {
            smooth.append(done)
        }
    }

    private mutating func silence(_ name: String, _ time: Double) {
        // The short ones guard single frames.
        guard ["T1", "T2", "T4", "T5"].contains(name) else { return }
        facts.unanswered += 1
        silences += 1
        page?.hadTrouble = true
        let phase: FaxStory.Phase = facts.awaitsConfirmation ? .afterPage : .introduction
        switch name {
        case "T1": tell(time, .introduction, "nothing that a fax machine says was heard for 35 s: we give up")
        case "T5": tell(time, .afterPage, "the far machine was busy with the page for too long: we give up")
        default:
            if silences == 1 { tell(time, phase, "no answer in time: we say it again") }
            if silences == 3 { tell(time, phase, "still no answer") }
        }
    }
}
