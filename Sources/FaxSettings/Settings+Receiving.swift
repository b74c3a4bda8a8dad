import FaxModel

extension Settings {
    /// `receiving`.
    static func receiving(_ s: SettingsSection) -> Receiving {
        defer { s.refuseUnknownKeys() }
        let recipients = s.parsedList("recipients", as: EmailAddress.self)
        let usual = s.section("default")
        var standard = handling(usual, like: InboundHandling())
        if !recipients.isEmpty, usual.has("to") { usual.missing("to", "and recipients say the same; keep one") }
        usual.refuseUnknownKeys()
        if standard.recipients.isEmpty { standard.recipients = recipients }
        var names: Set<String> = []
        let routes = s.sections("routes").enumerated().compactMap { index, route in
            self.route(route, number: index + 1, like: standard, &names)
        }
        let linkBase = s.value("link", linkParser)
        if linkBase == nil, !s.has("link"),
            ([standard] + routes.map(\.handling)).contains(where: { $0.style.carries == .link })
        {
            s.missing("link", "is missing: \"send: link\" needs the address below which the archive can be fetched")
        }
        return Receiving(
            operatorAddress: s.parsed("operator", as: EmailAddress.self),
            standard: standard, routes: routes,
            blocks: s.sections("block").enumerated().compactMap { block($1, number: $0 + 1) },
            maxCall: s.integer("max_call", in: 60...86_400) ?? 3600,
            templates: s.absolutePath("templates"),
            linkBase: linkBase,
            maxMessage: s.integer("max_message", in: 100_000...1_000_000_000) ?? 20_000_000,
            keepJunk: s.integer("keep_junk", in: 1...36_500) ?? 30,
            keepRecords: s.integer("keep_records", in: 1...36_500) ?? 3650,
            repackAfter: repack(s),
            archive: archive(s.section("archive")))
    }

    private static func route(
        _ s: SettingsSection, number: Int, like standard: InboundHandling, _ names: inout Set<String>
    ) -> InboundRoute? {
        defer { s.refuseUnknownKeys() }
        let given = ["number", "prefix", "range"].filter(s.has)
        if given.count > 1 { s.missing(given[1], "and \(given[0]) exclude each other; keep one") }
        let exact = s.parsed("number", as: FaxNumber.self).map { DialledMatch.exact($0.digits) }
        let prefix = s.parsed("prefix", as: FaxNumber.self).map { DialledMatch.prefix($0.digits) }
        let range = s.value("range") { text throws(FaxError) in try DialledMatch.range(parsing: text) }
        let dialled = exact ?? prefix ?? range
        let caller = s.parsed("caller", as: CallerMatch.self)
        let station = s.parsed("station", as: StationMatch.self)
        let hasCondition = !given.isEmpty || s.has("caller") || s.has("station")
        if !hasCondition {
            s.missing("number", "is missing: what the route is for: number, prefix or range, caller or station")
        }
        // What one route needs besides mail is no other's.
        var like = InboundHandling()
        like.style = standard.style
        like.quiet = standard.quiet
        like.keepDays = standard.keepDays
        like.tellsEmpty = standard.tellsEmpty
        like.readsText = standard.readsText
        let handling = handling(s, like: like)
        if !handling.leadsSomewhere { s.missing("to", "names nobody: to, printer, folder or command") }
        guard dialled != nil || caller != nil || station != nil else { return nil }
        var route = InboundRoute(name: "", dialled: dialled, caller: caller, station: station, handling: handling)
        route.name = s.value("name", nameParser) ?? route.condition
        if ["default", "operator", "FAXRCPT"].contains(route.name) || !names.insert(route.name).inserted {
            s.missing("name", "\(quoted(route.name)) is taken; names are unique")
        }
        return route
    }

    private static func handling(_ s: SettingsSection, like usual: InboundHandling) -> InboundHandling {
        var handling = usual
        handling.recipients = s.parsedList("to", as: EmailAddress.self)
        handling.style.language = s.choice("language", as: MessageStyle.Language.self) ?? usual.style.language
        handling.style.carries = s.choice("send", as: MessageStyle.Carries.self) ?? usual.style.carries
        handling.style.files = s.choice("files", as: MessageStyle.Files.self) ?? usual.style.files
        handling.style.paper = s.choice("page_size", as: PaperSize.self) ?? usual.style.paper
        handling.style.hasPicture = s.flag("picture") ?? usual.style.hasPicture
        if s.has("quiet") { handling.quiet = quiet(s) } else { _ = quiet(s) }
        handling.printer = s.value("printer", printerParser)
        handling.folder = s.absolutePath("folder")
        handling.command = command(s, "command")
        handling.keepDays = s.integer("keep", in: 1...36_500) ?? usual.keepDays
        handling.tellsEmpty = s.flag("empty_calls") ?? usual.tellsEmpty
        handling.readsText = s.flag("read_text") ?? usual.readsText
        return handling
    }

    private static func block(_ s: SettingsSection, number: Int) -> BlockRule? {
        defer { s.refuseUnknownKeys() }
        let caller = s.parsed("caller", as: CallerMatch.self)
        let station = s.parsed("station", as: StationMatch.self)
        let answer = s.choice("answer", as: BlockRule.Answer.self)
        if !s.has("caller"), !s.has("station") { s.missing("caller", "is missing: caller or station") }
        if answer != nil, s.has("station") {
            s.missing("answer", "is for calls that are not let in; a station id is known when the fax is there")
        }
        let parts = [caller.map { "caller \($0)" }, station.map { "station id \($0)" }].compactMap(\.self)
        let name = s.value("name", nameParser) ?? parts.joined(separator: ", ")
        guard !parts.isEmpty else { return nil }
        return BlockRule(name: name, caller: caller, station: station, answer: answer ?? .busy)
    }

    private static func archive(_ s: SettingsSection) -> Archive {
        defer { s.refuseUnknownKeys() }
        return Archive(owner: s.value("owner", templateParser), group: s.value("group", templateParser))
    }

    /// Seconds, or `never`.
    private static func repack(_ s: SettingsSection) -> Int? {
        let wish = s.value("repack_after") { text throws(FaxError) -> Int? in
            if text == "never" { return nil }
            guard let seconds = Int(text), (0...604_800).contains(seconds) else {
                throw FaxError(.configuration, "must be seconds or never, is \(quoted(text))")
            }
            return seconds
        }
        return wish ?? 300
    }

    private static func linkParser(_ text: String) throws(FaxError) -> String {
        let schemes = ["http://", "https://", "file://", "smb://"]
        let fits = text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && !"\"<>\\^`{|}".utf8.contains($0) }
        guard schemes.contains(where: text.hasPrefix), fits, text.utf8.count <= 500 else {
            throw FaxError(
                .configuration, "must be an address like https://fax.example.org/archive, is \(quoted(text))")
        }
        return text
    }

    private static func printerParser(_ text: String) throws(FaxError) -> String {
        let fits = text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && !"/#\"'".utf8.contains($0) }
        guard fits, !text.isEmpty, text.utf8.count <= 127, text.first != "-" else {
            throw FaxError(.configuration, "must be a printer's name, as lpstat -p shows it, is \(quoted(text))")
        }
        return text
    }
}
