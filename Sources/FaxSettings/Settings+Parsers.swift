package import FaxModel
import Foundation
import Yams

extension Settings {
    static func hostNameParser(_ text: String) throws(FaxError) -> String {
        let fits = text.utf8.allSatisfy { byte in
            byte < 128 && (Character(UnicodeScalar(byte)).isLetter || Character(UnicodeScalar(byte)).isNumber)
                || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ":")
        }
        guard fits, (1...253).contains(text.utf8.count) else {
            throw FaxError(.configuration, "must be a host name or an address, is \(quoted(text))")
        }
        return text
    }

    static func zoneParser(_ text: String) throws(FaxError) -> String {
        guard TimeZone(identifier: text) != nil else {
            throw FaxError(.configuration, "\(quoted(text)) is not a time zone; write it like Europe/Berlin")
        }
        return text
    }

    static func nameParser(_ text: String) throws(FaxError) -> String {
        guard !text.unicodeScalars.contains(where: \.isControl), text.utf8.count <= 200 else {
            throw FaxError(.configuration, "must be a short name without control characters, is \(quoted(text))")
        }
        return text
    }

    /// A template is named by its file without `.call`, and never leads out of its directory.
    package static func templateParser(_ text: String) throws(FaxError) -> String {
        let allowed = Set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-")
        guard !text.isEmpty, text.count <= 60, text.allSatisfy(allowed.contains) else {
            throw FaxError(
                .configuration, "template \(quoted(text)): a file's name without .call: letters, digits, _ and -")
        }
        return text
    }

    static func line(_ error: YamlError) -> Int? {
        switch error {
        case .scanner(_, _, let mark, _), .parser(_, _, let mark, _), .composer(_, _, let mark, _): mark.line
        default: nil
        }
    }

    static func firstLine(_ text: String) -> String {
        text.split(whereSeparator: \.isNewline).first.map(String.init) ?? text
    }
}
