import Foundation

/// A message as Python's email package reads it, which shares no line with our writer.
struct ParsedMail: Decodable {
    struct Part: Decodable {
        var type: String
        var name: String?
        /// The parameter as it stands, not as RFC 2231 would have it.
        var plainName: String?
        var bytes: Data
    }

    var headers: [[String]]
    var from: [[String]]
    var to: [[String]]
    var date: String
    var parts: [Part]
    var defects: [String]
    var longestLine: Int

    init(_ message: Data) throws {
        let json = try Program.run(["python3", "-c", Self.script], input: message)
        let decoder = JSONDecoder()
        decoder.dataDecodingStrategy = .base64
        self = try decoder.decode(ParsedMail.self, from: json)
    }

    func values(_ name: String) -> [String] {
        headers.filter { $0[0].lowercased() == name.lowercased() }.map { $0[1] }
    }

    private static let script = """
        import sys, json, base64, email, email.policy, re
        from email.utils import parsedate_to_datetime
        raw = sys.stdin.buffer.read()
        m = email.message_from_bytes(raw, policy=email.policy.default)
        defects = [str(d) for d in m.defects]
        parts = []
        for p in m.walk():
            defects += [str(d) for d in p.defects]
            for h in p.values():
                defects += [str(d) for d in getattr(h, 'defects', [])]
            if p.is_multipart(): continue
            head = email.message_from_bytes(p.as_bytes().split(b'\\n\\n')[0])
            found = re.search('[^*]name="([^"]*)"', str(head.get('Content-Type')))
            parts.append({'type': p.get_content_type(), 'name': p.get_filename(),
                'plainName': found.group(1) if found else None,
                'bytes': base64.b64encode(p.get_payload(decode=True)).decode()})
        people = lambda n: [[a.display_name, a.addr_spec] for a in m[n].addresses]
        print(json.dumps({'headers': [[k, str(v)] for k, v in m.items()], 'from': people('From'), 'to': people('To'),
            'date': parsedate_to_datetime(m['Date']).isoformat(), 'parts': parts, 'defects': defects,
            'longestLine': max(len(l.rstrip(b'\\r')) for l in raw.split(b'\\n'))}))
        """
}
