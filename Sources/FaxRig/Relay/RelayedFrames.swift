/// What happens to each frame on its way between the sides; sockets and clock are left to the caller.
struct RelayedFrames {
    /// A frame that leaves now, and for which side.
    struct Departure: Hashable {
        var frame: [UInt8]
        var to: RigSide
    }

    private struct Line {
        var settings: RelayedLine
        var held: [RigSide: HeldPackets<[UInt8]>]
        var commands = T38Commands()
        /// The ports at a and b of the call that is cut.
        var cut: (a: UInt16, b: UInt16)?
    }

    private let isMedia: (Int) -> Bool
    private var lines: [Line]
    /// Lines by the addresses of their ends.
    private var places: [UInt64: Int] = [:]
    /// What a person should know, since it was last asked for.
    private var news: [String] = []

    /// `isMedia` tells by a packet's destination port.
    init(_ lines: [RelayedLine], isMedia: @escaping (Int) -> Bool) {
        self.isMedia = isMedia
        self.lines = lines.map { line in
            Line(settings: line, held: [.a: HeldPackets(line.fault), .b: HeldPackets(line.fault)])
        }
        for (index, line) in lines.enumerated() {
            guard let a = Endpoint(host: line.a, port: 0)?.address, let b = Endpoint(host: line.b, port: 0)?.address
            else {
                continue
            }
            places[Self.key(a, b)] = index
            places[Self.key(b, a)] = index
        }
    }

    /// When the next held frame is due; nil when none is held.
    var nextDue: Int? { lines.flatMap { $0.held.values.compactMap(\.nextDue) }.min() }

    /// Takes a frame that came from a side at `now`, in milliseconds, and returns those that leave now.
    mutating func arrives(_ frame: [UInt8], from side: RigSide, at now: Int) -> [Departure] {
        guard var datagram = UDPFrame(frame) else { return [Departure(frame: frame, to: side.other)] }
        datagram.fillChecksum()
        guard isMedia(Int(datagram.target.port)),
            let place = places[Self.key(datagram.source.address, datagram.target.address)]
        else { return [Departure(frame: datagram.bytes, to: side.other)] }
        if isCut(datagram, from: side, place) { return [] }
        let leaving = lines[place].held[side.other]?.arrives(datagram.bytes, at: now) ?? []
        return leaving.map { Departure(frame: $0, to: side.other) }
    }

    /// The held frames whose time has come.
    mutating func due(at now: Int) -> [Departure] {
        lines.indices.flatMap { place in
            RigSide.allCases.flatMap { side in
                (lines[place].held[side]?.due(at: now) ?? []).map { Departure(frame: $0, to: side) }
            }
        }
    }

    mutating func takeNews() -> [String] {
        defer { news = [] }
        return news
    }

    private mutating func isCut(_ datagram: UDPFrame, from side: RigSide, _ place: Int) -> Bool {
        guard case .cutBack(let command) = lines[place].settings.fault else { return false }
        if side == .b {
            guard let cut = lines[place].cut else { return false }
            return cut == (datagram.target.port, datagram.source.port)
        }
        if lines[place].cut == nil, lines[place].commands.takes(datagram.payload),
            lines[place].commands.count == command
        {
            lines[place].cut = (datagram.source.port, datagram.target.port)
            news.append("cut \(lines[place].settings.name)")
        }
        return false
    }

    private static func key(_ source: UInt32, _ destination: UInt32) -> UInt64 {
        UInt64(source) << 32 | UInt64(destination)
    }
}
