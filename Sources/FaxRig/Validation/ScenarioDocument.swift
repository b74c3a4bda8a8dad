/// What a scenario sends.
package enum ScenarioDocument: Hashable, Sendable {
    /// So many pages with a line or two on each.
    case sparse(pages: Int)
    /// A page full of words.
    case letter
    case white
    case black
    /// Greys from white to black all over, as a photograph has them.
    case photograph
    /// Black and white dots by chance in a strip of 40 mm: what no coding makes shorter.
    case noise
    /// 25 mm high.
    case shortest
    /// A metre: several sheets of paper.
    case longest

    package var name: String {
        switch self {
        case .sparse(let pages): "sparse-\(pages)"
        case .letter: "letter"
        case .white: "white"
        case .black: "black"
        case .photograph: "photograph"
        case .noise: "noise"
        case .shortest: "shortest"
        case .longest: "longest"
        }
    }
}
