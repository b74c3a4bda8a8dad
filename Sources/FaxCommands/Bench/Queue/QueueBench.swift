import FaxRig

/// The queue on a real disk.
struct QueueBench {
    let programs: RigPrograms
    let runs: Int

    func rows() async throws -> [BenchRow] {
        let directory = try BenchDirectory()
        var rows = try await SubmitBench(programs: programs, directory: directory).rows()
        rows += try await OneJobBench(programs: programs, runs: runs, directory: directory).rows()
        rows += try PublishBench(programs: programs, runs: runs, directory: directory).rows()
        rows += try await HistoryBench(programs: programs, runs: runs, directory: directory).rows()
        return rows
    }
}
