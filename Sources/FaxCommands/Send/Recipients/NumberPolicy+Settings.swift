import FaxModel
import FaxSettings

extension NumberPolicy {
    /// What the settings say; reads the do-not-fax list, and throws `FaxError.configuration` when that can't be used.
    init(_ numbers: Settings.Numbers?) throws(FaxError) {
        guard let numbers else {
            self.init()
            return
        }
        self.init(
            plan: numbers.plan, rules: numbers.rules, forbid: numbers.forbid, allow: numbers.allow,
            forbidsPremium: true)
        // A list that can't be read is no empty list.
        doNotFax = try numbers.doNotFax.map { path throws(FaxError) in try DoNotFaxList(path: path, policy: self) }
    }
}
