/// The packets of one direction of a line that are held back, by rules that know nothing but count and time.
///
/// Times are milliseconds of any clock that never goes back.
struct HeldPackets<Packet> {
    /// Milliseconds that a packet waits for later ones to pass it.
    static var patience: Int { 100 }

    private struct Held {
        var packet: Packet
        var until: Int
        /// Later packets that still have to pass it first.
        var ahead: Int
    }

    private let fault: RelayFault
    private var count = 0
    private var held: [Held] = []

    init(_ fault: RelayFault) { self.fault = fault }

    /// When the next one is due without another arriving; nil when none is held.
    var nextDue: Int? { held.map(\.until).min() }

    /// Takes a packet and returns those that leave now, in their order.
    mutating func arrives(_ packet: Packet, at now: Int) -> [Packet] {
        defer { count += 1 }
        var leaving = due(at: now)
        switch fault {
        case .reorder(let every, let behind):
            if count % every == every - 1 {
                held.append(Held(packet: packet, until: now + Self.patience, ahead: behind))
                return leaving
            }
            leaving.append(packet)
            for index in held.indices { held[index].ahead -= 1 }
            leaving += release { $0.ahead <= 0 }
        case .jitter(let delays):
            let earliest = held.last?.until ?? now
            held.append(Held(packet: packet, until: max(earliest, now + delays[count % delays.count]), ahead: 0))
            leaving += due(at: now)
        case .cutBack:
            leaving.append(packet)
        }
        return leaving
    }

    /// The packets whose time has come, in their order.
    mutating func due(at now: Int) -> [Packet] { release { $0.until <= now } }

    private mutating func release(_ isOver: (Held) -> Bool) -> [Packet] {
        let leaving = held.filter(isOver).map(\.packet)
        if !leaving.isEmpty { held.removeAll(where: isOver) }
        return leaving
    }
}
