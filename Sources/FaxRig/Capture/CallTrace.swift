/// One call of a trace: its SIP messages and what its media did.
package struct CallTrace: Sendable {
    package struct Message: Hashable, Sendable {
        /// Seconds since 1970.
        package var time: Double
        package var source: Endpoint
        package var target: Endpoint
        package var message: SIPMessage
        /// As it was on the wire.
        package var text: String

        package init(time: Double, source: Endpoint, target: Endpoint, message: SIPMessage, text: String) {
            self.time = time
            self.source = source
            self.target = target
            self.message = message
            self.text = text
        }
    }

    /// Packets of one kind that went one way.
    package struct Flow: Hashable, Sendable {
        /// `audio` or `image`, as in SDP.
        package var kind: String
        /// Sent by whoever placed the call.
        package var fromCaller: Bool
        package var packets = 0
        /// Of those with a number, how many never came by (RTP's or UDPTL's sequence numbers).
        package var missing = 0
        package var first = 0.0
        package var last = 0.0

        package init(kind: String, fromCaller: Bool, packets: Int = 0, missing: Int = 0) {
            self.kind = kind
            self.fromCaller = fromCaller
            self.packets = packets
            self.missing = missing
        }
    }

    package var callID: String
    /// What was dialled.
    package var number: String
    package var messages: [Message] = []
    package var flows: [Flow] = []
    /// Whether media were looked at, too.
    package var hasMedia = true
    /// Which packets of the trace are its own, in their order.
    var indexes: [Int] = []

    package init(callID: String, number: String, messages: [Message] = [], flows: [Flow] = []) {
        self.callID = callID
        self.number = number
        self.messages = messages
        self.flows = flows
    }

    /// When the first INVITE was on the wire.
    package var began: Double { messages.first?.time ?? 0 }
    package var ended: Double? { messages.first { $0.message.method == "BYE" }?.time }
    /// Who placed the call.
    var caller: Endpoint? { messages.first?.source }

    /// Packets of that kind that went that way.
    package func packets(_ kind: String, fromCaller: Bool) -> Int {
        flows.first { $0.kind == kind && $0.fromCaller == fromCaller }?.packets ?? 0
    }

    /// Where media were to go, by what was said in SDP, with the side that said so.
    var places: [Endpoint: (kind: String, isCaller: Bool)] {
        var found: [Endpoint: (kind: String, isCaller: Bool)] = [:]
        for message in messages {
            for media in message.message.session?.media ?? [] {
                guard let place = media.endpoint else { continue }
                found[place] = (media.kind, message.source == caller)
            }
        }
        return found
    }

    /// From a little before the first message until a little after the last.
    var time: ClosedRange<Double> { began - 1...max(began, (messages.last?.time ?? began)) + 3 }
}
