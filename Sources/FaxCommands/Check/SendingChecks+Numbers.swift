import FaxModel
import FaxSettings

extension SendingChecks {
    /// A do-not-fax list that can't be read stops all sending.
    func doNotFaxList() -> [Finding] {
        do throws(FaxError) {
            guard let list = try NumberPolicy(settings.sending.numbers).doNotFax else { return [] }
            let count = list.lines.count
            return [Finding(grade: .ok, subject: "do-not-fax list", text: "\(count) number\(count == 1 ? "" : "s")")]
        } catch {
            return [
                Finding(
                    grade: .wrong, subject: "do-not-fax list",
                    text: error.message.split(separator: "\n").joined(separator: "; "),
                    mend: "until it can be read nothing is sent")
            ]
        }
    }
}
