/// What may stand between `${` and `}` in a message's template.
package enum LetterVariable: String, CaseIterable, Hashable, Sendable {
    /// Number and station id of the caller, as far as they are known.
    case from
    case callerNumber = "caller_number"
    case callerName = "caller_name"
    case station
    case dialled
    /// ` for 5550269`, or nothing where no number is known.
    case forDialled = "for_dialled"
    case time
    case duration
    case pages
    /// `2 pages`
    case pageCount = "page_count"
    case result
    case reason
    case rate
    case resolution
    case ecm
    case mode
    /// Rate, resolution, error correction and mode in one.
    case line
    case badLines = "bad_lines"
    case call
    case route
    case account
    case archived
    case note
    /// Where the fax can be fetched.
    case link
    /// The name of the first attached file.
    case file
    /// The parts of that name, in words.
    case fileParts = "file_parts"
    case zone
    case host
    /// Who did not get the message, and why; only in `undelivered`.
    case recipient
    case error

    /// Under their own names, or under those that the dialplan knows them by.
    init?(name: String) {
        if let own = Self(rawValue: name) {
            self = own
            return
        }
        switch name {
        case "CALLERIDNUM", "CIDNUMBER": self = .callerNumber
        case "CALLERIDNAME", "CIDNAME": self = .callerName
        case "REMOTESTATIONID", "SENDER": self = .station
        case "FAXDIALLED", "DESTINATION": self = .dialled
        case "FAXPAGES", "PAGES": self = .pages
        case "FAXBITRATE": self = .rate
        case "FAXRESOLUTION": self = .resolution
        case "FAXMODE": self = .mode
        case "FAXSTATUS": self = .result
        case "FAXERROR": self = .reason
        case "UNIQUEID", "COMMID": self = .call
        case "DURATION": self = .duration
        default: return nil
        }
    }
}
