import FaxModel
import Yams

/// One mapping of the file. Whatever was not asked for by the end is an unknown key; every problem is collected, none
/// stops the reading.
final class SettingsSection {
    private let path: String
    private let line: Int?
    private var entries: [String: Node] = [:]
    private var known: [String] = []
    private let problems: SettingsProblems

    init(_ node: Node?, path: String, problems: SettingsProblems) {
        self.path = path
        self.problems = problems
        line = node?.mark?.line
        guard let node else { return }
        if node.isEmpty { return }
        guard let mapping = node.mapping else {
            problems.add(line, path, "must be a mapping of keys to values")
            return
        }
        for (key, value) in mapping {
            guard let name = key.string else {
                problems.add(key.mark?.line, path, "a key must be a word")
                continue
            }
            if entries.updateValue(value, forKey: name) != nil {
                problems.add(key.mark?.line, full(name), "is there twice; keep one")
            }
        }
    }

    func section(_ key: String) -> SettingsSection {
        SettingsSection(take(key), path: full(key), problems: problems)
    }

    func has(_ key: String) -> Bool { entries[key] != nil }

    func sections(_ key: String) -> [SettingsSection] {
        guard let node = take(key), !node.isEmpty else { return [] }
        guard let list = node.sequence else {
            problems.add(node.mark?.line, full(key), "must be a list")
            return []
        }
        return list.enumerated().map { index, item in
            SettingsSection(item, path: "\(full(key))[\(index + 1)]", problems: problems)
        }
    }

    /// A list of mappings, or one mapping that stands for itself.
    func sectionOrList(_ key: String) -> [SettingsSection] {
        guard let node = entries[key], node.mapping != nil else { return sections(key) }
        return [section(key)]
    }

    func text(_ key: String) -> String? { value(key) { $0 } }

    func absolutePath(_ key: String) -> String? {
        value(key) { text throws(FaxError) in
            guard text.hasPrefix("/"), !text.split(separator: "/").contains("..") else {
                throw FaxError(.configuration, "must be an absolute path without '..', is \(quoted(text))")
            }
            return text.count > 1 && text.hasSuffix("/") ? String(text.dropLast()) : text
        }
    }

    func integer(_ key: String, in range: ClosedRange<Int>) -> Int? {
        value(key) { text throws(FaxError) in
            guard let number = Int(text), range.contains(number) else {
                throw FaxError(
                    .configuration,
                    "must be a whole number from \(range.lowerBound) to \(range.upperBound), is \(quoted(text))")
            }
            return number
        }
    }

    func flag(_ key: String) -> Bool? {
        value(key) { text throws(FaxError) in
            switch text {
            case "true", "yes", "on": return true
            case "false", "no", "off": return false
            default: throw FaxError(.configuration, "must be true or false, is \(quoted(text))")
            }
        }
    }

    func parsed<T: ParsedText>(_ key: String, as type: T.Type) -> T? {
        value(key) { text throws(FaxError) in try T(parsing: text) }
    }

    func parsedList<T: ParsedText>(_ key: String, as type: T.Type) -> [T] {
        guard let node = take(key), !node.isEmpty else { return [] }
        if node.scalar != nil { return parsedItem(node, key, as: type).map { [$0] } ?? [] }
        guard let list = node.sequence else {
            problems.add(node.mark?.line, full(key), "must be a value or a list of values")
            return []
        }
        return list.compactMap { parsedItem($0, key, as: type) }
    }

    func choice<T: RawRepresentable & CaseIterable>(_ key: String, as type: T.Type) -> T? where T.RawValue == String {
        value(key) { text throws(FaxError) in
            guard let found = T(rawValue: text) else {
                let all = T.allCases.map(\.rawValue).joined(separator: ", ")
                throw FaxError(.configuration, "must be one of \(all), is \(quoted(text))")
            }
            return found
        }
    }

    func value<T>(_ key: String, _ parse: (String) throws(FaxError) -> T) -> T? {
        guard let node = take(key), !node.isEmpty else { return nil }
        guard let text = node.scalar?.string else {
            problems.add(node.mark?.line, full(key), "must be a single value")
            return nil
        }
        do {
            return try parse(text)
        } catch {
            problems.add(node.mark?.line, full(key), error.message)
            return nil
        }
    }

    /// Names what is missing although something else needs it.
    func missing(_ key: String, _ what: String) { problems.add(line, full(key), what) }

    /// Call when all keys were asked for.
    func refuseUnknownKeys() {
        for (key, node) in entries.sorted(by: { $0.key < $1.key }) where !known.contains(key) {
            let list = known.sorted().joined(separator: ", ")
            problems.add(node.mark?.line, full(key), "is not a key; here are: \(list)")
        }
    }

    private func parsedItem<T: ParsedText>(_ node: Node, _ key: String, as type: T.Type) -> T? {
        do {
            guard let text = node.scalar?.string else { throw FaxError(.configuration, "must be a single value") }
            return try T(parsing: text)
        } catch {
            problems.add(node.mark?.line, full(key), "\(error)")
            return nil
        }
    }

    private func take(_ key: String) -> Node? {
        known.append(key)
        return entries[key]
    }

    private func full(_ key: String) -> String { path.isEmpty ? key : path + "." + key }
}

extension Node {
    /// A key without a value.
    fileprivate var isEmpty: Bool { scalar.map { $0.string.isEmpty && $0.style == .plain } ?? false || null != nil }
}
