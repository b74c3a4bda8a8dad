import FaxModel

extension Settings {
    /// `probes`: faxes that faxd sends by itself to see whether they arrive. What one doesn't say is as in `sending`.
    static func probes(_ s: SettingsSection, _ sending: Sending, zone: String) -> [Probe] {
        let sections = s.sections("probes")
        let probes = sections.map { probe($0, sending, zone: zone) }
        for (index, probe) in probes.enumerated() {
            let before = probes[..<index].compactMap { $0?.name }
            if let probe, before.contains(probe.name) {
                sections[index].missing("name", "\(quoted(probe.name.text)) is the name of another probe as well")
            }
        }
        return probes.compactMap { $0 }
    }

    private static func probe(_ s: SettingsSection, _ sending: Sending, zone: String) -> Probe? {
        defer { s.refuseUnknownKeys() }
        for key in ["name", "schedule", "number"] where !s.has(key) { s.missing(key, "is missing") }
        let name = s.parsed("name", as: ProbeName.self)
        let schedule = s.parsed("schedule", as: CronExpression.self)
        let number = s.parsed("number", as: FaxNumber.self)
        let zone = s.value("zone", zoneParser) ?? zone
        let document = s.absolutePath("document")
        let mode = CallMode(
            t38: s.flag("t38") ?? sending.t38, ecm: s.flag("ecm") ?? sending.ecm,
            rate: s.value("max_rate", { text throws(FaxError) in try SignallingRate(parsing: text) }) ?? sending.rate,
            resolution: s.choice("resolution", as: Resolution.self) ?? sending.resolution)
        let trunk = s.parsed("trunk", as: TrunkName.self)
        if let trunk, !sending.trunks.contains(where: { $0.name == trunk }) {
            s.missing("trunk", "\(quoted(trunk.text)) is not one of sending.trunks")
        }
        let proof = proof(s)
        let within = s.integer("within", in: 10...86_400) ?? 600
        let maxDamage = s.integer("max_damage", in: 0...1_000_000_000) ?? 0
        let alarmAfter = s.integer("alarm_after", in: 1...1000) ?? 2
        let mail = s.parsedList("mail", as: EmailAddress.self)
        guard let name, let schedule, let number else { return nil }
        return Probe(
            name: name, schedule: schedule, zone: zone, number: number, document: document, mode: mode, trunk: trunk,
            proof: proof, within: Int64(within), maxDamage: maxDamage, alarmAfter: alarmAfter, mail: mail)
    }

    private static func proof(_ s: SettingsSection) -> ProbeProof {
        let hasMailbox = s.has("imap")
        let maildir = s.absolutePath("maildir")
        let mailbox = hasMailbox ? mailbox(s.section("imap")) : nil
        if hasMailbox, maildir != nil { s.missing("imap", "and maildir exclude each other; keep one") }
        if let maildir { return .maildir(maildir) }
        return mailbox.map(ProbeProof.imap) ?? .t30
    }

    private static func mailbox(_ s: SettingsSection) -> MailboxAddress? {
        defer { s.refuseUnknownKeys() }
        for key in ["host", "user", "password_file"] where !s.has(key) { s.missing(key, "is missing") }
        let host = s.value("host", hostNameParser)
        let security = s.choice("security", as: MailboxAddress.Security.self) ?? .tls
        let port = s.integer("port", in: 1...65535) ?? (security == .tls ? 993 : 143)
        let user = s.value("user", nameParser)
        let passwordFile = s.absolutePath("password_file")
        let caFile = s.absolutePath("ca_file")
        let checksCertificate = s.flag("check_certificate") ?? true
        let folder = s.value("folder", nameParser) ?? "INBOX"
        guard let host, let user, let passwordFile else { return nil }
        return MailboxAddress(
            host: host, port: port, security: security, user: user, passwordFile: passwordFile, caFile: caFile,
            checksCertificate: checksCertificate, folder: folder)
    }
}
