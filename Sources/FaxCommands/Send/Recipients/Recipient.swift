import FaxModel

/// Somebody who gets the fax: every value parsed, the number allowed.
struct Recipient {
    var destination: Destination
    var name: RecipientName?
    var tag: JobTag?
    var fields: [String: String]
}
