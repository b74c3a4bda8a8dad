/// Side b as a gateway: it takes a call and places another one, by T.38 or as sound, to a fax machine of its own, and
/// Asterisk translates between the two where they differ (FAXOPT(gateway), res_fax.c).
///
/// What the T.38 leg says as sound before T.38 is agreed on must not get to the other leg in Debian's Asterisk, where it leaves
/// the gateway dumb in every second call. Its patch for Opus (2016_opus_plc.patch, main/translate.c; in Debian's 22, neither in
/// Asterisk's own sources nor in Debian's 16) has each translation drop what is numbered lower than the frame before, and the
/// gateway's own sound has no number: 0. Where the RTP before it had come to less than 32,766, none of it gets through.
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

    /// The module that can keep sound from coming in; Asterisk 16 may be without it.
    static let frameDrop = "func_frame_drop.so"

    /// With `dropsSound` the T.38 leg's sound is dropped: a fax by T.38 needs none of it, and one whose T.38 is refused fails.
    static func dialplan(dropsSound: Bool) -> String {
        allCases.map { gateway in
            let silence = "Set(FRAME_DROP(RX)=VOICE)"
            let own = dropsSound && gateway == .toAudio ? "\n same => n,\(silence)" : ""
            let called = dropsSound && gateway == .toT38 ? ",,b(\(gateway.context)^silence^1)" : ""
            return """
                [\(gateway.context)]
                exten => \(FarEnd.faxPattern),1,Set(FAXOPT(gateway)=yes)\(own)
                 same => n,Dial(PJSIP/${EXTEN}@\(gateway.trunk.name)\(called))
                 same => n,Hangup()
                exten => silence,1,\(silence)
                 same => n,Return()

                """
        }.joined(separator: "\n")
    }
}
