/// The program did something else than the model, or something that must never happen.
struct Divergence: Error {
    var text: String
    /// The faxes that it is about; all where none are named.
    var jobs: Set<Int>

    init(_ text: String, jobs: Set<Int> = []) {
        self.text = text
        self.jobs = jobs
    }
}
