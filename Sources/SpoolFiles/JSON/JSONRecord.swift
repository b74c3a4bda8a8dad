package import FaxModel

/// A record that stands alone in a file as one JSON object, keys named like its properties, absent optionals left out.
package protocol JSONRecord: Sendable {
    var json: JSONValue { get }
    /// Throws `FaxError(.data)` where a property is missing or of the wrong type.
    init(json: JSONValue) throws(FaxError)
}

extension JSONRecord {
    /// Reads a whole file's contents.
    package init(parsing bytes: [UInt8]) throws(FaxError) { try self.init(json: JSONValue(parsing: bytes)) }
}

/// Reads the members of one JSON object with an error that names the one that is wrong.
struct JSONMembers {
    let json: JSONValue

    func text(_ key: String) throws(FaxError) -> String {
        guard let text = json[key]?.string else { throw FaxError(.data, "\(key) is missing or no text") }
        return text
    }

    func optionalText(_ key: String) throws(FaxError) -> String? { json[key] == nil ? nil : try text(key) }

    func parsed<T: ParsedText>(_ key: String, _ type: T.Type = T.self) throws(FaxError) -> T {
        try T(parsing: text(key))
    }

    func optionalParsed<T: ParsedText>(_ key: String, _ type: T.Type = T.self) throws(FaxError) -> T? {
        json[key] == nil ? nil : try parsed(key, type)
    }

    func choice<T: RawRepresentable<String>>(_ key: String, _ type: T.Type = T.self) throws(FaxError) -> T {
        guard let value = T(rawValue: try text(key)) else { throw FaxError(.data, "\(key) is none of its words") }
        return value
    }

    func integer<T: FixedWidthInteger>(_ key: String, _ type: T.Type = T.self) throws(FaxError) -> T {
        guard let number = json[key]?.integer(T.self) else { throw FaxError(.data, "\(key) is no whole number") }
        return number
    }

    func optionalInteger<T: FixedWidthInteger>(_ key: String, _ type: T.Type = T.self) throws(FaxError) -> T? {
        json[key] == nil ? nil : try integer(key, type)
    }

    func time(_ key: String) throws(FaxError) -> UnixTime { UnixTime(milliseconds: try integer(key)) }

    func process(_ key: String) throws(FaxError) -> ProcessIdentity? {
        guard let object = json[key] else { return nil }
        let members = JSONMembers(json: object)
        return ProcessIdentity(
            pid: try members.integer("pid"), startTicks: try members.optionalInteger("startTicks"),
            bootID: try members.optionalText("bootID"))
    }
}

/// Gathers the members of one JSON object; nil leaves a member out.
struct JSONBuilder {
    private(set) var members: [String: JSONValue] = [:]

    var json: JSONValue { .object(members) }

    mutating func set(_ key: String, _ text: String?) { members[key] = text.map(JSONValue.string) }
    mutating func set(_ key: String, _ number: (some FixedWidthInteger)?) {
        members[key] = number.map { .number(String($0)) }
    }
    mutating func set(_ key: String, _ text: (some ParsedText)?) { set(key, text?.description) }
    mutating func set(_ key: String, _ time: UnixTime?) { set(key, time?.milliseconds) }
    mutating func set(_ key: String, _ process: ProcessIdentity?) {
        guard let process else { return }
        var inner = JSONBuilder()
        inner.set("pid", process.pid)
        inner.set("startTicks", process.startTicks)
        inner.set("bootID", process.bootID)
        members[key] = inner.json
    }
}
