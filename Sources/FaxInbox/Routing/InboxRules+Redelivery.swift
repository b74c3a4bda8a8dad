package import FaxModel
package import FaxStore

extension InboxRules {
    /// What is to be queued so that a settled fax goes out once more: to `recipients` alone, or the way that its route says.
    package func again(
        _ receipt: InboxReceipt, to recipients: [EmailAddress]?
    ) -> (mail: [InboxMail.Draft], errands: [InboxErrand.Draft]) {
        let routing = Routing(
            dialled: receipt.dialled, caller: receipt.callerNumber, station: receipt.remoteStationID ?? "",
            named: receipt.recipients, rules: self)
        let plan = DeliveryPlan.again(routing.handling, to: recipients)
        return (plan.mail, plan.errands)
    }
}
