import FaxModel

extension DoNotFaxList {
    /// Reads a list with one number a line; `#` at the beginning of a line or after a blank begins a comment.
    ///
    /// Throws one `FaxError.configuration` that names every line which is no number.
    init(path: String, policy: NumberPolicy) throws(FaxError) {
        let text: String
        do {
            text = try TextFile.read(path)
        } catch {
            throw FaxError(.configuration, "sending.numbers.do_not_fax: \(error.message)", errno: error.errno)
        }
        var found: [FaxNumber: Int] = [:]
        var problems = ProblemList()
        for (line, entry) in NumberLines(text) {
            do throws(FaxError) {
                let number = try policy.canonical(entry)
                found[number] = found[number] ?? line
            } catch {
                problems.add("\(path):\(line): \(error.message)")
            }
        }
        if let message = problems.message { throw FaxError(.configuration, message) }
        self.init(path: path, lines: found)
    }
}
