/// One packet of AMI: `Name: value` lines up to an empty one. Names are compared without regard to case; of a name that
/// comes twice the first counts.
struct ManagerMessage {
    private var fields: [String: String] = [:]

    init(_ lines: [Substring]) {
        for line in lines {
            guard let colon = line.firstIndex(of: ":") else { continue }
            let name = line[..<colon].lowercased()
            if fields[name] == nil {
                fields[name] = String(line[line.index(after: colon)...].drop { $0 == " " })
            }
        }
    }

    subscript(name: String) -> String? { fields[name.lowercased()] }

    var isSuccess: Bool { self["Response"] == "Success" }
}
