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
    case t38Reorder, audioReorder, t38Jitter, audioJitter
    /// Nothing comes back once the sender asks whether its first page arrived: its second command, in an error-free call.
    case t38Cut
    /// Through a gateway: sound and then T.38, T.38 and then sound, T.38 on both legs.
    case gatewayToT38, gatewayToAudio, gatewayOfT38
    /// The SIP session has to be refreshed all along.
    case t38Timer, audioTimer
    /// Nobody listens at the far end.
    case deaf
    /// The far end is no Asterisk.
    case stranger

    /// The endpoints and what the line loses. Losses are counted for each direction by itself, in rounds of a length that
    /// has no common factor with what a packet carries.
    var trunk: Trunk {
        let name = "line-\(rawValue)"
        func t38(_ lines: String..., loss: PacketLoss? = nil, relay: RelayFault? = nil) -> Trunk {
            Trunk(name: name, lines: [.a: lines, .b: lines], loss: loss, relay: relay)
        }
        func audio(_ lines: String..., loss: PacketLoss? = nil, relay: RelayFault? = nil) -> Trunk {
            Trunk(
                name: name, template: "callfax-endpoint-audio", lines: [.a: lines, .b: lines], loss: loss, relay: relay)
        }
        func into(_ gateway: FaxGateway, _ trunk: Trunk) -> Trunk {
            var trunk = trunk
            trunk.context = gateway.context
            return trunk
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
        case .t38Reorder: t38(relay: .reorder(every: 11, behind: 2))
        case .audioReorder: audio(relay: .reorder(every: 51, behind: 2))
        case .t38Jitter: t38(relay: .jitter(Self.delays))
        case .audioJitter: audio(relay: .jitter(Self.delays))
        case .t38Cut: t38(relay: .cutBack(atCommand: 2))
        case .gatewayToT38: into(.toT38, audio())
        case .gatewayToAudio: into(.toAudio, t38())
        case .gatewayOfT38: into(.toT38, t38())
        case .t38Timer: t38("timers = always", "timers_min_se = 90", "timers_sess_expires = 90")
        case .audioTimer: audio("timers = always", "timers_min_se = 90", "timers_sess_expires = 90")
        case .deaf: Trunk(name: name, deafSide: .b)
        case .stranger: Trunk(name: name, strangerSide: .b)
        }
    }

    /// 0 to 60 ms, on average 30.
    private static let delays = [30, 0, 45, 60, 15, 50, 5, 35, 20, 55, 10, 40, 25]
}
