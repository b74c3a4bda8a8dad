import FaxModel
import FaxScheduler
import FaxStore
import Foundation
import SpoolFiles

extension History {
    static let numbers = (1...8).map { "555010\($0)" }

    func perform(_ step: HistoryStep) throws {
        switch step {
        case .submit(let number): try submit(Choice(number))
        case .pass: try runPass()
        case .killedPass(let deed):
            try runPass(killAt: deed)
            try open()
        case .racedPass(let number):
            var choice = Choice(number)
            let deed = choice.below(12) + 1
            try runPass(raceAt: deed, race: choice)
        case .restart: try open()
        case .tidy:
            let problems = try site.scheduler?.tidy() ?? []
            if let first = problems.first { throw Divergence("tidying: \(first)") }
        case .asterisk(let number):
            asterisk.choice = Choice(number)
            try asterisk.act()
        case .crash(let number):
            asterisk.choice = Choice(number)
            try asterisk.crash()
            model.life = asterisk.life
        case .execRestart(let number):
            asterisk.choice = Choice(number)
            try asterisk.restartInPlace()
        case .startAsterisk:
            try asterisk.start()
            model.life = asterisk.life
        case .advance(let seconds, let number):
            asterisk.choice = Choice(number)
            try asterisk.elapse(to: clock.steady + seconds * 1000)
        case .setClock(let seconds): clock.setDate(by: seconds)
        case .disk(let isFull): isDiskFull = isFull
        case .permission(let number): permit(Choice(number))
        case .loseDocument(let number): try loseDocument(Choice(number))
        case .cancel(let number): try choosing(number, cancel)
        case .hold(let number): try choosing(number) { try hold(&$0, true) }
        case .release(let number): try choosing(number) { try hold(&$0, false) }
        case .alter(let number): try choosing(number, alter)
        case .resend(let number): try choosing(number, resend)
        case .resolve(let number): try choosing(number, resolve)
        }
    }

    private func choosing(_ number: UInt32, _ body: (inout Choice) throws -> Void) throws {
        var choice = Choice(number)
        try body(&choice)
    }

    // Submitting

    private func submit(_ first: Choice) throws {
        var choice = first
        let numbers: [String]
        switch choice.weighed([(60, 0), (15, 1), (25, 2)]) {
        case 0: numbers = [choice.pick(Self.numbers)]
        case 1: numbers = (0..<(2 + choice.below(7))).map { Self.numbers[$0] }
        default:
            let number = choice.pick(Self.numbers)
            numbers = (0..<(2 + choice.below(4))).map { _ in number }
        }
        let now = clock.date
        let due = choice.percent(75) ? now : now + choice.pick([60_000, 600_000, 3_600_000])
        let deadline = due + (choice.percent(85) ? rules.deadline : choice.pick([0, 120_000, 900_000]))
        let pages = 1 + choice.below(5)
        let wanted = ModelMode(
            t38: choice.percent(85), ecm: choice.percent(85), rate: choice.pick([14400, 14400, 9600, 4800]),
            lines: choice.pick([98, 196, 196, 391]))
        let document = try newDocument()
        let key = choice.percent(30) ? "key-\(stepsDone)" : nil
        let sender = choice.percent(85) ? "Office" : "Shop"
        let trunk = choice.percent(10) ? choice.pick(rules.trunks.map(\.name)) : nil
        let submission = Submission(
            document: Submission.Pages(path: document, count: pages, longestCall: Int64(100 + 20 * pages)),
            recipients: try numbers.map { number in
                let cover = choice.percent(15) ? try newDocument() : nil
                return Submission.Recipient(
                    try request(number, wanted, sender: sender, trunk: trunk),
                    cover: cover.map { Submission.Pages(path: $0, count: 1, longestCall: 110) })
            }, priority: choice.pick([127, 127, 127, 63, 191, 126]), held: choice.percent(5),
            maxDials: choice.percent(10) ? 1 + choice.below(3) : nil,
            maxTries: choice.percent(10) ? 1 + choice.below(2) : nil,
            submitted: UnixTime(milliseconds: now), due: UnixTime(milliseconds: due),
            deadline: UnixTime(milliseconds: deadline), key: key)
        let ids = try site.store.submit(submission)
        // Whoever asks again after a broken connection gets the same.
        if key != nil, try site.store.submit(submission) != ids { throw Divergence("one key was accepted twice") }
        for (position, recipient) in submission.recipients.enumerated() {
            // Each of them counts as a minute later than the one before.
            accept(
                recipient, submission, wanted: wanted, isDueNamed: due != now,
                inLineSince: due + Int64(position) * 60_000)
        }
        let first = model.jobs.count - numbers.count + 1
        guard ids == (first...model.jobs.count).map(Int64.init) else {
            throw Divergence("submitted as \(ids), and should be \(first) and following")
        }
        note(
            "jobs \(ids) to \(numbers), \(pages) pages, document \(DurableFile.name(of: document))",
            jobs: ids.map(Int.init))
    }

    private func accept(
        _ recipient: Submission.Recipient, _ submission: Submission, wanted: ModelMode, isDueNamed: Bool,
        inLineSince: Int64
    ) {
        let due = submission.due.milliseconds
        var job = ModelJob(
            id: model.jobs.count + 1, number: recipient.request.number.digits, wanted: wanted, mode: wanted,
            sender: recipient.request.stationID.text, trunk: recipient.request.trunk?.text,
            documents: [submission.document.path] + [recipient.cover?.path].compactMap(\.self),
            pages: submission.document.count + (recipient.cover?.count ?? 0),
            longest: (submission.document.longestCall + (recipient.cover?.longestCall ?? 0)) * 1000,
            priority: submission.priority, maxDials: submission.maxDials, maxTries: submission.maxTries, due: due,
            isDueNamed: isDueNamed, deadline: submission.deadline.milliseconds, inLineSince: inLineSince)
        job.isHeld = submission.held
        model.add(job)
    }

    private func newDocument() throws -> String {
        let path = site.layout.documents + "/\(UUID().uuidString.lowercased()).tiff"
        try Data("pages".utf8).write(to: URL(fileURLWithPath: path))
        return path
    }

    private func request(
        _ number: String, _ wanted: ModelMode, sender: String, trunk: String?
    ) throws -> FaxRequest {
        FaxRequest(
            owner: "ann", number: try FaxNumber(parsing: number), trunk: try trunk.map(TrunkName.init(parsing:)),
            stationID: try StationID(parsing: sender),
            resolution: Resolution.allCases.first { $0.linesPerInch == wanted.lines } ?? .fine, ecm: wanted.ecm,
            t38: wanted.t38, rate: SignallingRate(rawValue: wanted.rate) ?? .r14400, template: "fax-outbound")
    }

    // The world

    private func permit(_ first: Choice) {
        var choice = first
        let number = choice.pick(Self.numbers)
        switch choice.weighed([(5, 0), (3, 1), (1, 2), (3, 3)]) {
        case 0: closedUntil[number] = clock.date + choice.pick([120_000, 900_000, 3_600_000])
        case 1: closedUntil[number] = nil
        case 2: forbidden.insert(number)
        default: forbidden = []
        }
    }

    private func loseDocument(_ first: Choice) throws {
        var choice = first
        guard let job = pick(&choice) else { return }
        let path = choice.pick(model[job].documents)
        unlink(path)
        model.lostDocuments.insert(path)
        note("\(DurableFile.name(of: path)) is lost", jobs: model.jobs.filter { $0.documents.contains(path) }.map(\.id))
    }
}
