import AsteriskManager
import FaxModel
import FaxSettings
import Foundation

/// The running Asterisk, asked over its control socket.
struct AsteriskChecks {
    let settings: Settings

    /// What SendFAX, ReceiveFAX and our dialplan can't do without.
    private static let modules = [
        "res_fax.so", "res_fax_spandsp.so", "res_agi.so", "app_stack.so", "app_verbose.so", "func_channel.so",
        "func_timeout.so", "func_callerid.so", "func_strings.so",
    ]
    /// What only sending needs.
    private static let sendingModules = ["pbx_spool.so", "func_uri.so", "func_hangupcause.so"]

    func findings(sending: Bool, receiving: Bool) -> [Finding] {
        let control = AsteriskControl(socket: settings.asterisk.control)
        let version: String
        do {
            version = try control.run("core show version")
        } catch {
            let mend = "start Asterisk, or correct asterisk.control; this must run as Asterisk's user"
            return [Finding(grade: .wrong, subject: "asterisk", text: error.message, mend: mend)]
        }
        var found = [Self.version(version)]
        do {
            found.append(Self.modules(try control.run("module show"), sending: sending))
            found += try dialplan(control, sending: sending, receiving: receiving)
            if sending { found += try trunks(control) + manager() }
        } catch {
            found.append(Finding(grade: .wrong, subject: "asterisk", text: "\(error)"))
        }
        return found
    }

    private static func version(_ text: String) -> Finding {
        let first = text.split(separator: "\n").first.map(String.init) ?? ""
        let digits = first.drop { !$0.isNumber }.prefix { $0.isNumber }
        guard let major = Int(digits), major >= 16 else {
            return Finding(
                grade: .warning, subject: "asterisk", text: "version not recognised: \(quoted(first))",
                mend: "Callfax is made for Asterisk 16 to 23")
        }
        return Finding(grade: .ok, subject: "asterisk", text: first.components(separatedBy: " built").first ?? first)
    }

    /// Reads `module show`: name, description, use count, status and support level. A module that was loaded and then
    /// declined is in the list too, as `Not Running`.
    static func modules(_ list: String, sending: Bool) -> Finding {
        let running = Set(
            list.split(separator: "\n").filter { $0.contains(" Running ") && !$0.contains("Not Running") }
                .compactMap { $0.split(separator: " ").first.map(String.init) })
        let wanted = modules + (sending ? sendingModules : [])
        let missing = wanted.filter { !running.contains($0) }
        if missing.isEmpty {
            return Finding(grade: .ok, subject: "modules", text: "all \(wanted.count) that are needed are running")
        }
        return Finding(
            grade: .wrong, subject: "modules", text: "not running: \(missing.joined(separator: ", "))",
            mend: "load them in modules.conf (a list comes with the dialplan), then: core restart when convenient")
    }

    /// A call that lasts longer than the inbox believes possible could be given up while it goes on.
    static func longestCall(_ globals: [String: String], maxCall: Int) -> Finding? {
        let text = globals["FAXMAXCALL"] ?? ""
        guard let longest = Int(text), longest > 0 else {
            return Finding(
                grade: .wrong, subject: "dialplan", text: "FAXMAXCALL is \(quoted(text)), not a number of seconds",
                mend: "set it to \(maxCall); without it a call that hangs is never ended")
        }
        guard longest > maxCall else { return nil }
        return Finding(
            grade: .wrong, subject: "dialplan",
            text: "FAXMAXCALL is \(longest) s, receiving.max_call \(maxCall) s: a long call would count as lost",
            mend: "set receiving.max_call to \(longest)")
    }

    private func dialplan(_ control: AsteriskControl, sending: Bool, receiving: Bool) throws -> [Finding] {
        var found: [Finding] = []
        let wanted =
            (sending ? ["fax-outbound", "fax-outbound-result"] : [])
            + (receiving ? ["fax-inbound", "fax-inbound-result"] : [])
        for context in wanted {
            let there = try control.run("dialplan show \(context)").contains("'\(context)'")
            found.append(
                there
                    ? Finding(grade: .ok, subject: "dialplan", text: "context \(context) is there")
                    : Finding(
                        grade: .wrong, subject: "dialplan", text: "there is no context \(context)",
                        mend: "#include the project's dialplan in extensions.conf, then: dialplan reload"))
        }
        let globals = Self.globals(try control.run("dialplan show globals"))
        if globals["FAXSPOOL"] != settings.spool {
            found.append(
                Finding(
                    grade: .wrong, subject: "dialplan",
                    text: "FAXSPOOL is \(quoted(globals["FAXSPOOL"] ?? "")), the settings say \(settings.spool)",
                    mend: "make both the same"))
        }
        if receiving, let finding = Self.longestCall(globals, maxCall: settings.receiving.maxCall) {
            found.append(finding)
        }
        let program = globals["FAXAGI"] ?? ""
        if access(program, X_OK) == 0 {
            found.append(Finding(grade: .ok, subject: "fax-agi", text: "\(program) can be executed"))
        } else {
            found.append(
                Finding(
                    grade: .wrong, subject: "fax-agi", text: "FAXAGI is \(quoted(program)): can't be executed",
                    mend: "set FAXAGI to the absolute path of fax-agi; without it no fax is ever transmitted"))
        }
        if let finding = Self.fastAGI(
            globals["FAXFASTAGI"] ?? "", port: settings.asterisk.agiPort, firstFreePort: Self.firstFreePort())
        {
            found.append(finding)
        }
        return found
    }

    /// Whether the dialplan asks where faxd answers, and nobody else can. Ports from `firstFreePort` on are anybody's.
    static func fastAGI(_ asked: String, port: Int?, firstFreePort: Int) -> Finding? {
        guard let port else {
            guard !asked.isEmpty else { return nil }
            return Finding(
                grade: .wrong, subject: "fax-agi", text: "FAXFASTAGI is \(quoted(asked)), asterisk.agi_port is not set",
                mend: "set asterisk.agi_port to its port, or make FAXFASTAGI empty")
        }
        let wanted = "agi://127.0.0.1:\(port)"
        guard port < firstFreePort else {
            return Finding(
                grade: .wrong, subject: "fax-agi",
                text: "any user may listen on port \(port), and Asterisk would obey (ip_unprivileged_port_start)",
                mend: "choose an asterisk.agi_port below \(firstFreePort), or make it and FAXFASTAGI empty")
        }
        guard asked == wanted else {
            return Finding(
                grade: .wrong, subject: "fax-agi", text: "FAXFASTAGI is \(quoted(asked)), asterisk.agi_port \(port)",
                mend: "set FAXFASTAGI to \(wanted); until then a program is started for each question")
        }
        return Finding(grade: .ok, subject: "fax-agi", text: "the dialplan asks faxd, on port \(port)")
    }

    /// sysctl net.ipv4.ip_unprivileged_port_start (ip-sysctl.rst); 1024 where there is none.
    private static func firstFreePort() -> Int {
        let text = try? String(contentsOfFile: "/proc/sys/net/ipv4/ip_unprivileged_port_start", encoding: .utf8)
        return text.flatMap { Int($0.trimmingCharacters(in: .whitespacesAndNewlines)) } ?? 1024
    }

    private static func globals(_ text: String) -> [String: String] {
        var table: [String: String] = [:]
        for line in text.split(separator: "\n") {
            guard let equals = line.firstIndex(of: "=") else { continue }
            let name = line[..<equals].trimmingCharacters(in: .whitespaces)
            table[name] = line[line.index(after: equals)...].trimmingCharacters(in: .whitespaces)
        }
        return table
    }

    private func manager() -> [Finding] {
        guard let manager = settings.manager else {
            return [
                Finding(
                    grade: .warning, subject: "manager", text: "asterisk.manager is not set",
                    mend: "without it a cancelled fax in mid-call is not hung up; a sample manager.conf is there")
            ]
        }
        do {
            _ = try manager.progress()
            return [Finding(grade: .ok, subject: "manager", text: "running calls can be counted and hung up")]
        } catch {
            return [
                Finding(
                    grade: .wrong, subject: "manager", text: error.message,
                    mend: "compare asterisk.manager with manager.conf, and reload manager")
            ]
        }
    }

    private func trunks(_ control: AsteriskControl) throws -> [Finding] {
        try settings.sending.trunks.flatMap { try trunk($0.name, control) }
    }

    private func trunk(_ trunk: TrunkName, _ control: AsteriskControl) throws -> [Finding] {
        let text = try control.run("pjsip show endpoint \(trunk)")
        guard text.contains("Endpoint:  \(trunk)") || text.contains(" \(trunk)/") || text.contains(" \(trunk) ") else {
            return [
                Finding(
                    grade: .wrong, subject: "trunk", text: "there is no PJSIP endpoint \(trunk)",
                    mend: "add it to pjsip.conf (samples come with the dialplan), or correct sending.trunk")
            ]
        }
        var found = [Finding(grade: .ok, subject: "trunk", text: "endpoint \(trunk) is configured")]
        if settings.sending.t38, text.contains("t38_udptl") {
            let on = text.split(separator: "\n").contains { line in
                line.contains("t38_udptl ") && line.contains("true")
                    || line.contains("t38_udptl ") && line.contains("yes")
            }
            if !on {
                found.append(
                    Finding(
                        grade: .warning, subject: "trunk", text: "T.38 is off for endpoint \(trunk)",
                        mend: "set t38_udptl=yes in its endpoint, or sending.t38: false"))
            }
        }
        return found
    }
}
