/// What joins the two sides in a scenario.
package enum ScenarioLine: String, CaseIterable, Sendable {
    case t38
    case t38FEC
    case t38Plain
    case t38Large
    case t38Auth
    case ulaw
    case alaw
    /// The far end refuses T.38.
    case refused
    case t38Loss01, t38Loss05, t38Loss1, t38Loss2, t38Loss5, t38Burst
    case audioLoss01, audioLoss05, audioLoss1, audioLoss2, audioBurst, audioBreak

    /// The endpoints and what the line loses. Losses are counted for each direction by itself, in rounds of a length that
    /// has no common factor with what a packet carries.
    var trunk: Trunk {
        let name = "line-\(rawValue)"
        func t38(_ lines: String..., loss: PacketLoss? = nil) -> Trunk {
            Trunk(name: name, lines: [.a: lines, .b: lines], loss: loss)
        }
        func audio(_ lines: String..., loss: PacketLoss? = nil) -> Trunk {
            Trunk(name: name, template: "callfax-endpoint-audio", lines: [.a: lines, .b: lines], loss: loss)
        }
        return switch self {
        case .t38: .t38
        case .t38FEC: t38("t38_udptl_ec = fec")
        case .t38Plain: t38("t38_udptl_ec = none")
        case .t38Large: t38("t38_udptl_maxdatagram = 1400")
        case .t38Auth:
            Trunk(
                name: name, lines: [.a: ["outbound_auth = \(name)-auth"], .b: ["auth = \(name)-auth"]],
                sections: """
                    [\(name)-auth]
                    type = auth
                    auth_type = userpass
                    username = rig
                    password = rig-password

                    """)
        case .ulaw: audio("disallow = all", "allow = ulaw")
        case .alaw: audio("disallow = all", "allow = alaw")
        case .refused: Trunk(name: name, lines: [.b: ["t38_udptl = no"]])
        case .t38Loss01: t38(loss: PacketLoss(500...500, of: 997))
        case .t38Loss05: t38(loss: PacketLoss(100...100, of: 199))
        case .t38Loss1: t38(loss: PacketLoss(50...50, of: 101))
        case .t38Loss2: t38(loss: PacketLoss(30...30, of: 51))
        case .t38Loss5: t38(loss: PacketLoss(10...10, of: 20))
        case .t38Burst: t38(loss: PacketLoss(200...202, of: 499))
        case .audioLoss01: audio(loss: PacketLoss(900...900, of: 997))
        case .audioLoss05: audio(loss: PacketLoss(190...190, of: 199))
        case .audioLoss1: audio(loss: PacketLoss(95...95, of: 101))
        case .audioLoss2: audio(loss: PacketLoss(45...45, of: 51))
        case .audioBurst: audio(loss: PacketLoss(900...904, of: 997))
        case .audioBreak: audio(loss: PacketLoss(1100...1199, of: 100_000))
        }
    }

}
