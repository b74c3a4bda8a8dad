import FaxCommands
import Foundation
import Testing

/// `fax-send` as a whole, with a spool and an outgoing directory of the test's own.
@Suite struct SendNumbersTests {
    private let scratch: ScratchDirectory
    private let config: String

    init() throws {
        scratch = try ScratchDirectory()
        let root = scratch.path
        for directory in ["spool", "outgoing", "done", "staged"] {
            try FileManager.default.createDirectory(atPath: root + "/" + directory, withIntermediateDirectories: false)
        }
        let templates = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("../../callfile-templates").standardized.path
        _ = try scratch.write("030 7654321\n", to: "dnf")
        config = try scratch.write(
            """
            spool: \(root)/spool
            asterisk: {outgoing: \(root)/outgoing, outgoing_done: \(root)/done, staging: \(root)/staged}
            sending:
              trunk: trunk
              station_id: "123"
              templates: \(templates)
              lines: 10
              numbers:
                country: 49
                area: 30
                rules: [{match: "_+49X.", strip: 3, prefix: "0"}, {match: "_+X.", strip: 1, prefix: "00"}]
                do_not_fax: \(root)/dnf
                max_recipients: 3
            """, to: "callfax.yaml")
    }

    private func files(_ directory: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: scratch.path + "/" + directory)
    }

    @Test("one call file for each number of the list, with what the rules make of it")
    func accepted() async throws {
        let document = try scratch.write(Self.document, to: "page.pdf")
        let list = try scratch.write("number,name\n+49 30 1234567,A\n1234567,B\n0043 1 12345,C\n", to: "list.csv")
        let code = await SendTool.exitCode(["--config", config, "-d", "089 12345", "-z", list, document])
        #expect(code == 0)
        let calls = try files("outgoing").map {
            try String(contentsOfFile: scratch.path + "/outgoing/" + $0, encoding: .utf8)
        }
        let channels = calls.flatMap { $0.split(separator: "\n") }.filter { $0.hasPrefix("Channel:") }
        #expect(
            channels.sorted() == [
                "Channel: PJSIP/0043112345@trunk", "Channel: PJSIP/0301234567@trunk", "Channel: PJSIP/08912345@trunk",
            ])
    }

    @Test(
        "a refusal is exit code 64 before anything is rendered or stored",
        arguments: [
            ["-d", "112"], ["-d", "0900 123456"], ["-d", "+49 30 7654321"], ["-d", "089 12345", "-d", "x"],
            ["-d", "0891", "-d", "08912", "-d", "089123", "-d", "0891234", "-d", "08912345"], ["-z", "-", "-"], [],
        ])
    func refused(arguments: [String]) async throws {
        // The document isn't there: rendering it would end with another code.
        let code = await SendTool.exitCode(["--config", config] + arguments + [scratch.path + "/none.pdf"])
        #expect(code == 64)
        #expect(try files("spool").isEmpty)
        #expect(try files("outgoing").isEmpty)
    }

    /// One empty page.
    private static let document: String = {
        let objects = [
            "<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>",
        ]
        var text = "%PDF-1.4\n"
        var offsets: [Int] = []
        for (index, object) in objects.enumerated() {
            offsets.append(text.utf8.count)
            text += "\(index + 1) 0 obj\n\(object)\nendobj\n"
        }
        let start = text.utf8.count
        text += "xref\n0 4\n0000000000 65535 f \n"
        for offset in offsets { text += String(format: "%010d 00000 n \n", offset) }
        return text + "trailer\n<< /Size 4 /Root 1 0 R >>\nstartxref\n\(start)\n%%EOF\n"
    }()
}
