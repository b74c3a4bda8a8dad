package import FaxModel
import Foundation
import Yams

extension Settings {
    /// Where the settings are looked for when nothing else is said.
    package static let defaultPath = "/etc/callfax.yaml"

    /// Reads the file at `path`; throws one `FaxError.configuration` that names every problem, a line each.
    package static func read(path: String, hostName: String) throws(FaxError) -> Settings {
        let text: String
        do {
            text = try String(contentsOfFile: path, encoding: .utf8)
        } catch {
            let hint = "write one (a commented example is installed as callfax.yaml) or name it by --config"
            throw FaxError(.configuration, "\(path): can't be read; \(hint)")
        }
        return try parse(text, file: path, hostName: hostName)
    }

    package static func parse(_ text: String, file: String, hostName: String) throws(FaxError) -> Settings {
        let problems = SettingsProblems(file: file)
        let node: Node?
        do {
            // All values are texts to us: Yams need not find out, by regular expressions, what else they could be.
            node = try Yams.compose(yaml: text, .basic)
        } catch {
            let line = (error as? YamlError).flatMap(Self.line)
            throw FaxError(
                .configuration, "\(file)\(line.map { ":\($0)" } ?? ""): is not YAML: \(firstLine("\(error)"))")
        }
        let root = SettingsSection(node, path: "", problems: problems)
        let zone = root.value("time_zone", zoneParser) ?? TimeZone.current.identifier
        let sending = sending(root.section("sending"), zone: zone)
        let settings = Settings(
            spool: root.absolutePath("spool") ?? "/var/spool/callfax",
            host: root.value("host", hostNameParser) ?? hostName,
            socket: root.absolutePath("socket") ?? "/run/callfax/faxd.sock",
            administrators: root.value("administrators", templateParser),
            timeZone: zone,
            asterisk: asterisk(root.section("asterisk")),
            sending: sending,
            probes: probes(root, sending, zone: zone),
            receiving: receiving(root.section("receiving")),
            mail: mail(root.section("mail")))
        root.refuseUnknownKeys()
        guard problems.lines.isEmpty else {
            throw FaxError(.configuration, problems.lines.joined(separator: "\n"))
        }
        return settings
    }

    private static func asterisk(_ s: SettingsSection) -> Asterisk {
        let outgoing = s.absolutePath("outgoing") ?? "/var/spool/asterisk/outgoing"
        let parent = outgoing.split(separator: "/").dropLast().map { "/" + $0 }.joined()
        defer { s.refuseUnknownKeys() }
        let hasManager = s.has("manager")
        return Asterisk(
            outgoing: outgoing,
            outgoingDone: s.absolutePath("outgoing_done") ?? parent + "/outgoing_done",
            staging: s.absolutePath("staging") ?? parent + "/callfax-staged",
            control: s.absolutePath("control") ?? "/var/run/asterisk/asterisk.ctl",
            log: s.absolutePath("log") ?? "/var/log/asterisk/full",
            // From 1024 on whoever comes first may listen, and would be obeyed by Asterisk.
            agiPort: s.integer("agi_port", in: 1...1023),
            manager: manager(s.section("manager"), wanted: hasManager))
    }

    private static func sending(_ s: SettingsSection, zone: String) -> Sending {
        defer { s.refuseUnknownKeys() }
        let hasNumbers = s.has("numbers")
        let numbers = numbers(s.section("numbers"))
        let headerLine = s.choice("header_line", as: HeaderLine.self) ?? .own
        let header = headerLine == .spandsp ? plainHeader(s) : s.parsed("header", as: HeaderText.self)
        return Sending(
            trunks: trunks(s),
            stationID: s.parsed("station_id", as: StationID.self),
            callerID: s.parsed("caller_id", as: CallerID.self),
            header: header,
            headerLine: headerLine,
            cover: s.absolutePath("cover"),
            templates: s.absolutePath("templates") ?? "/etc/callfax/callfile-templates",
            template: s.value("template", templateParser) ?? "fax-outbound",
            resolution: s.choice("resolution", as: Resolution.self) ?? .fine,
            pageSize: s.choice("page_size", as: PaperSize.self) ?? .a4,
            quality: s.choice("quality", as: PageQuality.self) ?? .auto,
            rate: s.value("max_rate", { text throws(FaxError) in try SignallingRate(parsing: text) }) ?? .r14400,
            ecm: s.flag("ecm") ?? true,
            t38: s.flag("t38") ?? true,
            waitTime: s.integer("wait_time", in: 5...600) ?? 60,
            asteriskRetries: s.integer("asterisk_retries", in: 0...50) ?? 0,
            asteriskRetryTime: s.integer("asterisk_retry_time", in: 1...604_800) ?? 86_400,
            maxPages: s.integer("max_pages", in: 1...9999) ?? 500,
            maxBytes: s.integer("max_bytes", in: 10_000...10_000_000_000) ?? 100_000_000,
            cacheBytes: s.integer("cache_bytes", in: 0...1_000_000_000_000) ?? 200_000_000,
            retry: retry(s.section("retry")),
            faxesInACall: s.integer("faxes_in_a_call", in: 1...64) ?? 16,
            keepDocuments: s.integer("keep_documents", in: 1...36_500) ?? 30,
            keepHistory: s.integer("keep_history", in: 1...36_500) ?? 365,
            keepCallFiles: s.integer("keep_call_files", in: 0...36_500) ?? 7,
            minFree: Int64(s.integer("min_free", in: 0...1_000_000_000_000) ?? 50_000_000),
            windows: windows(s, zone: zone),
            notify: notify(s.section("notify")),
            onEvent: command(s, "on_event"),
            numbers: hasNumbers ? numbers : nil)
    }

    /// Within the limits of spandsp, which is to draw it.
    private static func plainHeader(_ s: SettingsSection) -> HeaderText? {
        s.value("header") { text throws(FaxError) in
            try HeaderText(parsing: PlainHeaderText(parsing: text).text)
        }
    }

    private static func mail(_ s: SettingsSection) -> Mail {
        defer { s.refuseUnknownKeys() }
        let relays = s.sectionOrList("smtp").compactMap(smtp)
        let maildir = s.absolutePath("maildir")
        let hasServer = s.has("smtp")
        if hasServer, maildir != nil { s.missing("maildir", "and smtp exclude each other; keep one") }
        let from = s.parsed("from", as: EmailAddress.self)
        if from == nil, !relays.isEmpty || maildir != nil, !s.has("from") {
            s.missing("from", "is missing: the address that messages come from")
        }
        return Mail(from: from, fromName: s.value("from_name", nameParser) ?? "", relays: relays, maildir: maildir)
    }

    private static func smtp(_ s: SettingsSection) -> SMTP? {
        defer { s.refuseUnknownKeys() }
        let host = s.value("host", hostNameParser)
        let security = s.choice("security", as: SMTP.Security.self) ?? .starttls
        let port = s.integer("port", in: 1...65535) ?? (security == .tls ? 465 : security == .starttls ? 587 : 25)
        let user = s.text("user")
        let passwordFile = s.absolutePath("password_file")
        let caFile = s.absolutePath("ca_file")
        let checksCertificate = s.flag("check_certificate") ?? true
        if user != nil, passwordFile == nil { s.missing("password_file", "is missing: a user needs a password") }
        guard let host else {
            if !s.has("host") { s.missing("host", "is missing") }
            return nil
        }
        return SMTP(
            host: host, port: port, security: security, user: user, passwordFile: passwordFile, caFile: caFile,
            checksCertificate: checksCertificate)
    }
}
