/// Gathers the media of one call.
struct MediaCounter {
    struct Numbers {
        var udptl: UInt16
        var rtp: UInt16?
    }

    struct Lane: Hashable {
        var kind: String
        var fromCaller: Bool
    }

    private var call: CallTrace
    private(set) var places: [Endpoint: (kind: String, isCaller: Bool)]
    let time: ClosedRange<Double>
    private var flows: [Lane: CallTrace.Flow] = [:]
    private var numbers: [Lane: UInt16] = [:]

    init(_ call: CallTrace) {
        self.call = call
        time = call.time
        places = call.places
        // RTP's reports have the next port (RFC 3550 §11): they belong to the call, and are no media.
        for (place, owner) in call.places where owner.kind == "audio" {
            let next = Endpoint(address: place.address, port: place.port &+ 1)
            if places[next] == nil { places[next] = ("control", owner.isCaller) }
        }
    }

    mutating func add(_ datagram: Datagram, _ index: Int, at time: Double, _ found: Numbers?) {
        guard let place = places[datagram.target] else { return }
        call.indexes.append(index)
        guard place.kind != "control" else { return }
        let lane = Lane(kind: place.kind, fromCaller: !place.isCaller)
        var flow = flows[lane] ?? CallTrace.Flow(kind: lane.kind, fromCaller: lane.fromCaller)
        if flow.packets == 0 { flow.first = time }
        flow.packets += 1
        flow.last = time
        if let number = place.kind == "image" ? found?.udptl : found?.rtp {
            let before = numbers[lane] ?? number &- 1
            if case let step = number &- before, (1..<1000).contains(step) {
                flow.missing += Int(step) - 1
                numbers[lane] = number
            } else if (1..<1000).contains(before &- number) {
                // It was only late.
                flow.missing = max(0, flow.missing - 1)
            } else {
                numbers[lane] = number
            }
        }
        flows[lane] = flow
    }

    var counted: CallTrace {
        var done = call
        done.indexes.sort()
        done.flows = flows.values.sorted { ($0.first, $0.kind) < ($1.first, $1.kind) }
        return done
    }
}
