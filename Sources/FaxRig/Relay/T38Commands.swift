/// Counts the T.30 commands that one end of a T.38 call begins: each starts with the V.21 preamble's indicator, which is
/// sent several times in a row (T.38 §7.3.1, Annex A; UDPTL is §9.1).
struct T38Commands {
    private(set) var count = 0
    private var isInPreamble = false

    /// Takes the payload of the next UDPTL packet; true when it begins a command.
    mutating func takes(_ payload: ArraySlice<UInt8>) -> Bool {
        // Two bytes of sequence number, the primary packet's length, and the packet: an indicator is one byte, its number
        // shifted by one, and that of the V.21 preamble is 3.
        let packet = payload.dropFirst(2).prefix(2)
        guard packet.elementsEqual([1, 3 << 1]) else {
            isInPreamble = false
            return false
        }
        defer { isInPreamble = true }
        guard !isInPreamble else { return false }
        count += 1
        return true
    }
}
