/// One piece of an SVG file, as it is written there.
struct SVGToken {
    enum Kind {
        case text
        case start(SVGTag)
        case end(name: String)
        /// A comment or a processing instruction.
        case note
        /// CDATA.
        case verbatim
    }

    var kind: Kind
    var raw: String
    /// Where it begins, from 1.
    var line: Int
}
