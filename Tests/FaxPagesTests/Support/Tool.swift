import FaxModel
import Foundation

/// A program from Debian that judges our files. A missing one fails the test, with the package to install.
struct Tool {
    let path: String

    static let qpdf = Tool("qpdf", package: "qpdf")
    static let pdftoppm = Tool("pdftoppm", package: "poppler-utils")
    static let pdfimages = Tool("pdfimages", package: "poppler-utils")
    static let pdftotext = Tool("pdftotext", package: "poppler-utils")
    static let pdfinfo = Tool("pdfinfo", package: "poppler-utils")
    static let ghostscript = Tool("gs", package: "ghostscript")
    static let mutool = Tool("mutool", package: "mupdf-tools")
    static let tiffcp = Tool("tiffcp", package: "libtiff-tools")
    static let tiffinfo = Tool("tiffinfo", package: "libtiff-tools")
    static let pnmtopng = Tool("pnmtopng", package: "netpbm")
    static let pnmtojpeg = Tool("pnmtojpeg", package: "netpbm")
    static let pnmtotiff = Tool("pnmtotiff", package: "netpbm")
    static let python3 = Tool("python3", package: "python3")
    static let pngtopnm = Tool("pngtopnm", package: "netpbm")

    private let package: String

    private init(_ name: String, package: String) {
        path = "/usr/bin/\(name)"
        self.package = package
    }

    /// Runs it and gives its standard output; another exit than 0 is an error with what it said.
    @discardableResult
    func run(_ arguments: String..., in directory: String? = nil) throws -> [UInt8] {
        try run(arguments, in: directory)
    }

    /// The same for a list.
    @discardableResult
    func run(_ arguments: [String], in directory: String? = nil) throws -> [UInt8] {
        guard FileManager.default.isExecutableFile(atPath: path) else {
            throw FaxError(.unavailable, "these tests need \(path): apt-get install \(package)")
        }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = arguments
        if let directory { process.currentDirectoryURL = URL(fileURLWithPath: directory) }
        let output = Pipe()
        let complaints = NSTemporaryDirectory() + UUID().uuidString
        try Data().write(to: URL(fileURLWithPath: complaints))
        defer { try? FileManager.default.removeItem(atPath: complaints) }
        process.standardOutput = output
        process.standardError = FileHandle(forWritingAtPath: complaints)
        process.standardInput = FileHandle.nullDevice
        try process.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            let said = String(decoding: try bytes(of: complaints), as: UTF8.self)
            throw FaxError(.software, "\(path) \(arguments): exit \(process.terminationStatus): \(said)")
        }
        return Array(data)
    }
}
