import FaxModel
import Foundation

/// A program that the bench compares with or measures by.
enum BenchProgram {
    /// Runs it to its end and returns its standard output; throws its last words when it fails.
    @discardableResult
    static func run(_ arguments: [String], in directory: String? = nil, input: String? = nil) throws -> Data {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = arguments
        if let directory { process.currentDirectoryURL = URL(fileURLWithPath: directory) }
        let (output, errors) = (Pipe(), Pipe())
        process.standardOutput = output
        process.standardError = errors
        process.standardInput =
            try input.map { try FileHandle(forReadingFrom: URL(fileURLWithPath: $0)) } ?? .nullDevice
        // tesseract's own threads gain nothing and make two at a time slower.
        process.environment = ProcessInfo.processInfo.environment.merging(["OMP_THREAD_LIMIT": "1"]) { $1 }
        try process.run()
        let said = ErrorText(errors.fileHandleForReading)
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            let last = said.text.split(separator: "\n").last ?? "nothing"
            throw FaxError(.unavailable, "\(arguments[0]) exited with \(process.terminationStatus): \(last)")
        }
        return data
    }

    /// Standard error, read beside the output so that neither pipe fills up.
    private final class ErrorText: @unchecked Sendable {
        private let thread: Thread
        private let done = DispatchSemaphore(value: 0)
        private let box: Box

        private final class Box: @unchecked Sendable { var data = Data() }

        init(_ handle: FileHandle) {
            let (box, done) = (Box(), done)
            self.box = box
            thread = Thread {
                box.data = handle.readDataToEndOfFile()
                done.signal()
            }
            thread.start()
        }

        var text: String {
            done.wait()
            done.signal()
            return String(decoding: box.data, as: UTF8.self)
        }
    }
}
