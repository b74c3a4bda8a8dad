/// How many calls at once a machine carries before the first fax is hurt: bursts that grow until one is.
package struct LineRamp: Sendable {
    package var trunk: Trunk
    /// Calls at once, growing.
    package var steps: [Int]

    package static let t38 = LineRamp(trunk: .t38, steps: [100, 200, 300, 400])
    package static let audio = LineRamp(trunk: .audio, steps: [50, 100, 150, 200, 300, 400])

    /// `tell` is given each burst as soon as it is over; the last one is hurt, or there are no more steps.
    package func run(
        _ burst: FaxBurst, _ document: String, options: [String], tell: (BurstReport) throws -> Void
    ) async throws -> [BurstReport] {
        var reports: [BurstReport] = []
        for count in steps {
            let report = try await burst.run(document, count: count, trunk: trunk, options: options)
            try tell(report)
            reports.append(report)
            if report.isHurt { break }
        }
        return reports
    }
}
