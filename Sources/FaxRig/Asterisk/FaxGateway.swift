/// Side b as a gateway: it takes a call and places another one, by T.38 or as sound, to a fax machine of its own, and
/// Asterisk translates between the two where they differ (FAXOPT(gateway), res_fax.c).
enum FaxGateway: String, CaseIterable, Sendable {
    case toT38 = "t38"
    case toAudio = "g711"

    /// Where calls that shall be passed on arrive.
    var context: String { "rig-gateway-\(rawValue)" }

    /// What joins gateway and machine.
    var trunk: Trunk {
        Trunk(
            name: "inner-\(rawValue)", template: self == .toT38 ? "callfax-endpoint" : "callfax-endpoint-audio",
            within: .b)
    }

    static var dialplan: String {
        allCases.map { gateway in
            """
            [\(gateway.context)]
            exten => \(FarEnd.faxPattern),1,Set(FAXOPT(gateway)=yes)
             same => n,Dial(PJSIP/${EXTEN}@\(gateway.trunk.name))
             same => n,Hangup()

            """
        }.joined(separator: "\n")
    }
}
