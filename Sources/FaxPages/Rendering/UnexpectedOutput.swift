/// The renderer wrote what it was not asked for: more, larger, or no pages.
struct UnexpectedOutput: Error {
    let what: String
}
