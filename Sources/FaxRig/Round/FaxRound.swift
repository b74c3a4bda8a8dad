package import FaxModel
import FaxPages
import Foundation

/// One fax from side a to side b, followed to its end on both sides.
package struct FaxRound: Sendable {
    let rig: Rig
    let number: String
    let headerRows: PageComparison.HeaderRows
    let watch: @Sendable (String) -> Void

    /// `number` is dialled on side a and answered on side b; `watch` is told each new state of the job.
    ///
    /// `headerLine` is `sending.header_line` of side a. What is under our own line is not compared: the attempt's pages
    /// are gone by then, and the document has none.
    package init(
        rig: Rig, number: String, headerLine: HeaderLine = .own, watch: @escaping @Sendable (String) -> Void = { _ in }
    ) {
        self.rig = rig
        self.number = number
        headerRows =
            switch headerLine {
            case .own: .drawn
            case .spandsp: .automatic
            case .none: .exactly(0)
            }
        self.watch = watch
    }

    /// Sends the documents with `fax-send` and more of its options, and gathers what came out.
    package func run(_ documents: [String], options: [String] = []) async throws -> FaxRoundReport {
        let known = Set(try await receipts().map(\.uniqueid))
        let handed = try documents.map { try FileHandover(rig: rig, side: .a).copy($0) }
        let sent = try await tool(.a, "fax-send", ["--json", "-d", number] + options + handed)
        let accepted = try Self.decode(SentJob.self, sent)
        watch("request id is \(accepted.id)")
        let job = try await follow(accepted.id)
        var report = FaxRoundReport(job)
        guard job.pagesDone > 0 else { return report }
        guard let receipt = try await arrival(beside: known) else { return report }
        report.add(receipt)
        if let tiff = receipt.tiff, let document = job.document {
            report.add(try PageComparison.compare(sent: document, received: tiff, headerRows: headerRows))
            report.files = FaxRoundReport.Files(sent: document, received: tiff, pdf: receipt.pdf, message: nil)
        }
        if let message = try await message(of: receipt) { report.add(message) }
        return report
    }

    /// Watches a job of side a until it is over.
    package func follow(_ id: Int64) async throws -> SentJob {
        var last = ""
        while true {
            let job = try await job(id)
            let text = job.state.rawValue + (job.cause.map { ": \($0.rawValue)" } ?? "")
            if text != last { watch(text) }
            last = text
            if job.state.isFinal { return job }
            try await Task.sleep(for: .seconds(1))
        }
    }

    /// A job of side a with its attempts.
    package func job(_ id: Int64) async throws -> SentJob {
        try Self.decode(SentJob.self, try await tool(.a, "fax-queue", ["show", "\(id)", "--json"]))
    }

    /// The jobs of side a, without their attempts: all, or those that `fax-queue list` shows with these options.
    package func jobs(_ options: [String] = []) async throws -> [SentJob] {
        try await tool(.a, "fax-queue", ["list", "--limit", "1000000", "--json"] + options).split(separator: "\n").map {
            try Self.decode(SentJob.self, String($0))
        }
    }

    /// The receipt of this fax at side b: a new one for the number, archived and with its messages out.
    func arrival(beside known: Set<String>) async throws -> Receipt? {
        var found: Receipt?
        _ = try await RigClock.holds(within: 30) {
            found = try await receipts().first { !known.contains($0.uniqueid) && $0.dialled == number }
            return found?.isSettled ?? false
        }
        return found
    }

    /// Everything that side b has received, newest first.
    package func receipts() async throws -> [Receipt] {
        try await tool(.b, "fax-inbox", ["list", "--limit", "100000", "--json"]).split(separator: "\n").map {
            try Self.decode(Receipt.self, String($0))
        }
    }

    /// The message about a receipt, once it is delivered.
    package func message(of receipt: Receipt) async throws -> ReceivedMail? {
        var found: ReceivedMail?
        _ = try await RigClock.holds(within: 15) {
            found = rig.messages().first { $0.value("Message-ID")?.contains(".\(receipt.uniqueid)@") ?? false }
            return found != nil
        }
        return found
    }

    /// What one of our tools prints; its complaint is thrown.
    package func tool(_ side: RigSide, _ name: String, _ arguments: [String]) async throws -> String {
        try await rig.run(side, name, arguments, limit: .seconds(300)).answer()
    }

    static func decode<T: Decodable>(_ type: T.Type, _ text: String) throws -> T {
        do {
            return try JSONDecoder().decode(type, from: Data(text.utf8))
        } catch {
            throw FaxError(.software, "unexpected answer \(quoted(text)): \(error)")
        }
    }
}
