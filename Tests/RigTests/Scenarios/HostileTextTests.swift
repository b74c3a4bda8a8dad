import FaxModel
import FaxPages
import FaxRig
import Foundation
import SpoolFiles
import Testing

/// Text that wants to be something else: a command, a header, a path, a line of a call file.
@Suite(.onTheRig) struct HostileTextTests {
    /// With the header line that goes through the call file.
    private func rig() async throws -> Rig {
        try await TestRigs.shared.rig("hostile") {
            $0.settings[.a] = ["sending": ["lines": 40, "retry": ["dials": 1], "header_line": "spandsp"]]
        }
    }

    /// A NUL can't be in a program's argument; it is tried on the values' parsers and on the wire's side elsewhere.
    static let texts = [
        "\"quoted\"", "'; touch /tmp/pwn; '", "`touch /tmp/pwn`", "$(touch /tmp/pwn)", "a; b", "a # b", "#start",
        "a\nApplication: System\nData: touch /tmp/pwn", "a\rb", "${SHELL(touch /tmp/pwn)}", "../../../tmp/pwn",
        String(repeating: "x", count: 3000), "a,b&c", "%s%n", "\\", "a\u{202E}b",
    ]
    static let options = ["-d", "--caller-id", "--header", "--tag", "-S", "--template"]

    /// Keys that a call file of ours has, and no others.
    static let keys: Set<String> = [
        "Channel", "CallerID", "WaitTime", "MaxRetries", "RetryTime", "Context", "Extension", "Priority", "Archive",
        "AlwaysDelete", "Set",
    ]

    @Test("hostile values are refused in one line, or carried as the text that they are", arguments: options)
    func values(option: String) async throws {
        let rig = try await rig()
        let bench = try Workbench()
        let document = try FileHandover(rig: rig, side: .a).copy(try bench.shortPage())
        for text in Self.texts {
            let number = option == "-d" ? [] : ["-d", "5550501"]
            let result = try await rig.run(
                .a, "fax-send",
                ["--dry-run", "-l"] + number
                    + ["\(option)=\(text)", document].flatMap { argument in
                        argument.hasPrefix("-d=") || argument.hasPrefix("-S=")
                            ? [option, String(argument.dropFirst(3))] : [argument]
                    })
            if result.status == 0 {
                let lines = result.text.split(separator: "\n")
                let found = Set(lines.map { String($0.prefix { $0 != ":" }) })
                #expect(found.isSubset(of: Self.keys), "\(option) \(text): \(found)")
                #expect(!result.text.contains("Application"), "\(option) \(text)")
                #expect(lines.count { $0.hasPrefix("Set: FAXATTEMPT=") } == 1)
            } else {
                #expect([64, 78].contains(result.status), "\(option) \(text): \(result.status)")
                #expect(
                    result.errorText.split(separator: "\n").count {
                        $0.hasPrefix("fax-send: ") || $0.hasPrefix("Error: ")
                    } == 1)
                #expect(!result.errorText.contains("\r") && !result.errorText.contains("\u{202E}"))
            }
        }
        try expectNothingHappened(rig)
    }

    @Test("a hostile file name, tag and header travel the whole road and stay text")
    func wholeRoad() async throws {
        let rig = try await rig()
        let bench = try Workbench()
        let document = try bench.document("$(touch pwn);`id`'\"#& ä.pdf", [.init(.a4, lines: ["hostile"])])
        let report = try await FaxRound(rig: rig, number: "5550502", headerLine: .spandsp).run(
            [document],
            options: ["-l", "--tag", "'; $(touch /tmp/pwn) \"#\\", "--header", "a;b $(touch /tmp/pwn) `id` '\""])
        #expect(report.isPerfect, "\(report.result)")
        try expectNothingHappened(rig)
    }

    @Test("a sender that calls itself a command, a header and a path harms nobody")
    func hostileSender() async throws {
        let rig = try await rig()
        let bench = try Workbench()
        let tiff = rig.side(.a).spool.documents + "/hostile.tiff"
        let document = try FileHandover(rig: rig, side: .a).copy(try bench.shortPage())
        let preview = try await rig.run(.a, "fax-send", ["-l", "--preview", tiff, document])
        #expect(preview.status == 0, "\(preview.errorText)")
        // Written by hand: our own programs would not write such a call file.
        let senders: [(id: String, station: [UInt8], name: String)] = [
            ("hostile-1", Array("$(touch /tmp/pwn)'\"".utf8), "`touch /tmp/pwn`"),
            ("hostile-2", Array("../../../tmp/pwn)x:1".utf8), "../../../../tmp/pwn"),
            (
                "hostile-3", [0xFF, 0xFE, 0x0D, 0x42, 0x63, 0x63, 0x3A, 0x20, 0x78, 0x40, 0x79],
                "${SHELL(touch /tmp/pwn)}"
            ),
            ("hostile-4", Array("<b>=?utf-8?B?QQ==?=".utf8), "a, b <x@y>"),
        ]
        for (index, sender) in senders.enumerated() {
            try publish(rig, sender.id, tiff, number: "555051\(index)", station: sender.station, name: sender.name)
        }
        let round = FaxRound(rig: rig, number: "")
        var receipts: [Receipt] = []
        try await RigClock.wait(for: "all of them to be delivered", seconds: 120) {
            receipts = try await round.receipts().filter { $0.dialled.hasPrefix("555051") }
            return receipts.count == senders.count && receipts.allSatisfy(\.isSettled)
        }
        let archive = rig.side(.b).spool.archive
        for receipt in receipts {
            #expect(receipt.complete)
            let path = try #require(receipt.tiff)
            #expect(URL(fileURLWithPath: path).deletingLastPathComponent().path == archive + "/" + receipt.dialled)
            let message = try #require(try await round.message(of: receipt))
            for name in ["From", "To", "Subject", "Message-ID"] {
                #expect(message.fields.count { $0.name == name } == 1)
            }
            #expect(message.value("Bcc") == nil && message.value("Cc") == nil)
            #expect(message.recipient == "fax@rig.example")
        }
        #expect(
            Set(try FileManager.default.contentsOfDirectory(atPath: archive)).isSubset(
                of: Set(receipts.map(\.dialled) + ["5550502"])))
        try expectNothingHappened(rig)
    }

    private func publish(
        _ rig: Rig, _ id: String, _ tiff: String, number: String, station: [UInt8], name: String
    ) throws {
        let side = rig.side(.a)
        var bytes = Array(
            """
            Channel: PJSIP/\(number)@\(Trunk.t38.name)
            WaitTime: 30
            MaxRetries: 0
            RetryTime: 86400
            Context: fax-outbound
            Extension: \(number)
            Archive: Yes
            Set: CALLERID(num)=5550100
            Set: CALLERID(name)=\(name.replacing(";", with: "\\;"))
            Set: FAXATTEMPT=\(id)
            Set: FAXFILE=\(tiff)
            Set: FAXECM=yes
            Set: FAXMODEM=v17,v27,v29
            Set: FAXMAXRATE=14400
            Set: FAXMINRATE=2400
            Set: FAXOPTIONS=fz
            Set: FAXTIMEOUT=120
            Set: CHANNEL(hangup_handler_push)=fax-outbound-result,s,1
            Set: FAXSTATION=
            """.utf8)
        bytes += station + [0x0A]
        let staged = side.staging + "/\(id).call"
        try Data(bytes).write(to: URL(fileURLWithPath: staged))
        if let user = rig.user(.a) { chown(staged, user, user) }
        #expect(rename(staged, side.outgoing + "/\(id).call") == 0)
    }

    /// No command ran: not on this machine, and not where the two Asterisks live.
    private func expectNothingHappened(_ rig: Rig) throws {
        #expect(!FileManager.default.fileExists(atPath: "/tmp/pwn"))
        for side in RigSide.allCases {
            let pid = try #require(rig.asterisk(side)?.identity.pid)
            #expect(!FileManager.default.fileExists(atPath: "/proc/\(pid)/root/tmp/pwn"))
        }
    }
}
