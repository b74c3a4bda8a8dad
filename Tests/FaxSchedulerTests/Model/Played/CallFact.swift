/// What the queue could know of a call, as Asterisk does it.
enum CallFact {
    /// It dials; the moment is the one that it notes in the call file.
    case dials(noted: Int64)
    /// A channel asked for the go, and got it or not.
    case asked(channel: String, at: Int64, life: Int, isLetGo: Bool)
    case reported(channel: String, ModelCall.Report)
    /// Its file is somewhere else now.
    case moved(ModelCall.Place)
}
