import Foundation

/// The clock of a program, which can be set while it runs: a library that is preloaded into it.
struct WrongClock {
    private let directory: String

    /// Builds the library with the C compiler that comes with Swift.
    init() throws {
        directory = NSTemporaryDirectory() + "callfax-clock-\(UUID().uuidString.prefix(8))"
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        let source = CrashSite.checkout + "/Tests/DurabilityTests/Trouble/wrong-clock.c"
        let compiler = Process()
        compiler.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        compiler.arguments = ["clang", "-shared", "-fPIC", "-O1", "-o", directory + "/wrong-clock.so", source]
        try compiler.run()
        compiler.waitUntilExit()
        guard compiler.terminationStatus == 0 else {
            throw TracedProgram.Failure(description: "clang can't build \(source)")
        }
        try set(seconds: 0)
    }

    var environment: [String: String] {
        ["LD_PRELOAD": directory + "/wrong-clock.so", "WRONG_CLOCK": directory + "/seconds"]
    }

    /// From now on the date is wrong by so much.
    func set(seconds: Int) throws {
        try "\(seconds)\n".write(toFile: directory + "/seconds", atomically: true, encoding: .utf8)
    }

    func remove() { try? FileManager.default.removeItem(atPath: directory) }
}
