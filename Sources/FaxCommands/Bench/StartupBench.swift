import FaxRig

/// Start-up beside `/bin/true`, the least that a program can take.
struct StartupBench {
    let programs: RigPrograms
    let runs: Int

    func rows() throws -> [BenchRow] {
        try [
            // Without a verb it leaves at once with a usage error: start-up and nothing else.
            row("startup.fax-agi", [programs.faxAGI], exitCode: 64, bar: 2),
            row("startup.fax-send-help", [programs.callfax, "fax-send", "--help"], bar: 15),
        ]
    }

    private func row(_ name: String, _ command: [String], exitCode: Int32 = 0, bar: Double) throws -> BenchRow {
        let medians = try Stopwatch.medians(command, exitCode: exitCode, ["/bin/true"], runs: runs * 10)
        return BenchRow(name, ours: medians.ours, theirs: medians.theirs, unit: "ms", bar: bar)
    }
}
