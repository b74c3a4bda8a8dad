import FaxRig

/// The queue on a real disk.
struct QueueBench {
    let programs: RigPrograms
    let runs: Int

    func measure(tell: (BenchRow) throws -> Void) async throws {
        let directory = try BenchDirectory()
        try await OneJobBench(programs: programs, runs: runs, directory: directory).rows().forEach(tell)
        try PublishBench(programs: programs, runs: runs, directory: directory).rows().forEach(tell)
        try await SubmitBench(programs: programs, directory: directory).rows().forEach(tell)
        try await HistoryBench(programs: programs, runs: runs, directory: directory).rows().forEach(tell)
    }
}
