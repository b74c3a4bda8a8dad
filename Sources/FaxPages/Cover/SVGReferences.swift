/// What an SVG file takes from elsewhere. A template takes nothing: it is read with a server's rights.
///
/// librsvg has its own rules about this, and gets the filled template in a directory without other files; this is for
/// a clear line when the template is read.
enum SVGReferences {
    /// The first thing outside the file that a tag refers to.
    static func outside(of tag: SVGTag) -> String? {
        for (name, value) in tag.attributes {
            let isReference = ["href", "src"].contains(SVGTag.local(name)) && tag.localName != "a"
            if isReference, !isInside(value[...]) { return value }
            if let found = outside(ofStyle: value) { return found }
        }
        return nil
    }

    /// The first thing outside the file that a style refers to.
    static func outside(ofStyle text: String) -> String? {
        let lower = text.lowercased()
        if lower.contains("@import") { return "@import" }
        var rest = lower[...]
        while let found = rest.firstRange(of: "url(") {
            rest = rest[found.upperBound...]
            var target = rest.drop { $0.isWhitespace }
            for quote in ["\"", "'", "&quot;", "&apos;"] where target.hasPrefix(quote) {
                target = target.dropFirst(quote.count)
            }
            if !isInside(target) { return String(target.prefix { $0 != ")" }) }
        }
        return nil
    }

    private static func isInside(_ target: Substring) -> Bool {
        let start = target.drop { $0.isWhitespace }
        return start.isEmpty || start.hasPrefix("#") || start.prefix(5).lowercased() == "data:"
    }
}
