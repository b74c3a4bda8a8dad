import ArgumentParser
import FaxModel
import FaxSettings

/// `fax-queue show ID`
struct QueueShow: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "show", abstract: "All about one job.")

    @OptionGroup var options: QueueOptions
    @Argument(help: "The job's number.") var id: Int64

    func run() async throws {
        let settings = try options.settings()
        let story = try await options.access(settings).ask(ShowJob(id: id))
        let times = TimeText(settings.timeZone)
        guard options.json else {
            return Terminal.print(
                QueueText.story(story, limits: settings.sending.retry, times: times))
        }
        var view = JobView(story.job, times: times)
        view.add(story.attempts, story.history, times: times)
        Terminal.print(try JSONOutput.line(view))
    }
}
