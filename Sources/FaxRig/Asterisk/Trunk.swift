/// The PJSIP endpoints that join the two sides, under the same names on both.
package enum Trunk: String, CaseIterable, Sendable {
    /// T.38 with G.711 to fall back on.
    case t38 = "fax-trunk"
    /// G.711 only, on both sides. It has a pair of addresses of its own, because the called side knows a caller by
    /// nothing else.
    case audio = "fax-trunk-audio"

    /// The template of dialplan/pjsip-fax.conf that it is made from.
    var template: String { self == .t38 ? "callfax-endpoint" : "callfax-endpoint-audio" }
}
