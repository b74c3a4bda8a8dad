import FaxModel
import Testing

@testable import FaxRig

@Suite("The dialplan")
struct DialplanTests {
    /// Applications that the dialplan may use, and the module of each; nil for those of Asterisk's core.
    static let applications: [String: String?] = [
        "Verbose": "app_verbose", "Set": nil, "GotoIf": nil, "Goto": nil, "Hangup": nil, "Answer": nil,
        "AGI": "res_agi", "SendFAX": "res_fax", "ReceiveFAX": "res_fax", "Return": "app_stack", "Gosub": "app_stack",
        "Wait": nil,
        "Ringing": nil, "Playtones": "app_playtones", "StopPlaytones": "app_playtones", "Dial": "app_dial",
    ]
    /// Functions, likewise.
    static let functions: [String: String?] = [
        "FILTER": "func_strings", "LEN": "func_strings", "IF": "func_logic", "TIMEOUT": "func_timeout",
        "FAXOPT": "res_fax", "CHANNEL": "func_channel", "CALLERID": "func_callerid", "MATH": "func_math",
    ]

    static let files = ["callfax.conf", "fax-agi.conf", "fax-outbound.conf", "fax-inbound.conf", "fax-shared.conf"]

    static func steps(_ file: String) throws -> [String] {
        try FileTree.text(SourceTree.path + "/dialplan/" + file).split(separator: "\n").map(String.init)
            .filter { $0.hasPrefix("exten =>") || $0.hasPrefix(" same =>") }
    }

    @Test(
        "It uses the applications on the list and no other, so neither System nor a shell", arguments: files.dropFirst()
    )
    func applications(file: String) throws {
        let pattern = /^(?:exten => [^,]+,| same => )(?:1|n)?(?:\([a-z]+\))?,?([A-Za-z]+)\(/
        for step in try Self.steps(file) {
            let match = try #require(step.firstMatch(of: pattern), "not understood: \(step)")
            #expect(Self.applications.keys.contains(String(match.1)), "\(step)")
        }
    }

    @Test("It uses the functions on the list and no other", arguments: files.dropFirst())
    func functions(file: String) throws {
        for step in try Self.steps(file) {
            for match in step.matches(of: /(?:\$\{|Set\()([A-Z]+)\(/) {
                #expect(Self.functions.keys.contains(String(match.1)), "\(step)")
            }
        }
    }

    @Test("modules.conf loads every module that the dialplan needs")
    func modules() throws {
        let loaded = try FileTree.text(SourceTree.path + "/dialplan/modules.conf").split(separator: "\n")
            .filter { $0.hasPrefix("load = ") }.map { $0.dropFirst("load = ".count) }
        let needed =
            (Array(Self.applications.values) + Array(Self.functions.values)).compactMap { $0 }
            // fax-agi reads every variable through URIENCODE, and HANGUPCAUSE and CDR among them.
            + ["func_uri", "func_hangupcause", "func_cdr", "pbx_spool", "res_fax_spandsp"]
        for module in needed { #expect(loaded.contains("\(module).so"), "\(module)") }
    }

    @Test("A transmission stands behind the gate, and behind a limit of time")
    func gate() throws {
        for (file, application) in [("fax-outbound.conf", "SendFAX("), ("fax-inbound.conf", "ReceiveFAX(")] {
            let steps = try Self.steps(file)
            let at = try #require(steps.firstIndex { $0.contains(application) })
            let before = steps[..<at]
            let clear = try #require(before.firstIndex { $0.contains("Set(FAXGATE=)") })
            let agi = try #require(before.firstIndex { $0.contains("Gosub(fax-agi,s,1(") })
            let check = try #require(before.firstIndex { $0.contains(#"$["${FAXGATE}" = "go-"#) })
            let limit = try #require(before.firstIndex { $0.contains("TIMEOUT(absolute)") })
            let refusal = try #require(before.firstIndex { $0.contains(",Hangup(") })
            #expect(clear < agi && agi < check && check < refusal && refusal < limit)
        }
    }

    @Test("A line that is in the pages already, or that nobody wants, is not drawn by spandsp")
    func headerLine() throws {
        let steps = try Self.steps("fax-outbound.conf")
        let skip = try #require(steps.firstIndex { $0.contains(#"GotoIf($["${FAXHEADERBY}" = "own" | "#) })
        #expect(steps[skip].hasSuffix(#""${FAXHEADERBY}" = "none"]?send)"#))
        let draw = try #require(steps.firstIndex { $0.contains("FAXOPT(headerinfo)") })
        let send = try #require(steps.firstIndex { $0.contains("n(send),") })
        let transmit = try #require(steps.firstIndex { $0.contains("SendFAX(") })
        #expect(skip < draw && draw < send && send <= transmit)
    }

    @Test("No value from outside is part of a path without a filter")
    func paths() throws {
        let all = try Self.files.flatMap(Self.steps)
        let receive = try #require(all.first { $0.contains("ReceiveFAX(") })
        #expect(receive.contains("(${FAXSPOOL}/incoming/${FAXCALL}.tiff,"))
        let call = try #require(all.first { $0.contains("Set(FAXCALL=") })
        #expect(call.contains(#"Set(FAXCALL=${FILTER(0-9A-Za-z._\x2d,${UNIQUEID})})"#))
    }

    @Test("Every file that is included exists, and includes nothing that doesn't")
    func includes() throws {
        for file in Self.files {
            let text = try FileTree.text(SourceTree.path + "/dialplan/" + file)
            for match in text.matches(of: /(?m)^#include "callfax\/([^"]+)"/) {
                #expect(FileTree.exists(SourceTree.path + "/dialplan/" + match.1), "\(file)")
            }
        }
    }
}
