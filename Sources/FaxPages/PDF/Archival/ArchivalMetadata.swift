import FaxModel

/// What a PDF says about itself in XMP (ISO 16684-1), equal to what its Info dictionary says, and that it is PDF/A-2b
/// (ISO 19005-2 §6.6).
enum ArchivalMetadata {
    /// The packet, in UTF-8, read-only and so without room to grow.
    static func packet(_ metadata: FaxPDF.Metadata, producer: String) -> [UInt8] {
        let date = PDFText.isoDate(metadata.created, utcOffset: metadata.utcOffset)
        var parts = ""
        func language(_ name: String, _ text: String) {
            guard !text.isEmpty else { return }
            let item = "<rdf:li xml:lang=\"x-default\">\(Markup.escaped(text))</rdf:li>"
            parts += "<\(name)><rdf:Alt>\(item)</rdf:Alt></\(name)>\n"
        }
        language("dc:title", metadata.title)
        language("dc:description", metadata.subject)
        if !metadata.author.isEmpty {
            parts += "<dc:creator><rdf:Seq><rdf:li>\(Markup.escaped(metadata.author))</rdf:li></rdf:Seq></dc:creator>\n"
        }
        if !metadata.creator.isEmpty {
            parts += "<xmp:CreatorTool>\(Markup.escaped(metadata.creator))</xmp:CreatorTool>\n"
        }
        let text = """
            <?xpacket begin="\u{FEFF}" id="W5M0MpCehiHzreSzNTczkc9d"?>
            <x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
            <rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" \
            xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/" \
            xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
            <pdfaid:part>2</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance>
            <dc:format>application/pdf</dc:format>
            \(parts)<pdf:Producer>\(Markup.escaped(producer))</pdf:Producer>
            <xmp:CreateDate>\(date)</xmp:CreateDate><xmp:ModifyDate>\(date)</xmp:ModifyDate>\
            <xmp:MetadataDate>\(date)</xmp:MetadataDate>
            </rdf:Description></rdf:RDF></x:xmpmeta>
            <?xpacket end="r"?>
            """
        return Array(text.utf8)
    }
}
