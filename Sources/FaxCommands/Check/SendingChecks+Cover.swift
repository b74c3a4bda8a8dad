import FaxModel
import FaxPages
import FaxSettings

extension SendingChecks {
    /// Whether the cover page can be made; nothing where the settings want none.
    func coverPage() -> [Finding] {
        guard let path = settings.sending.cover else { return [] }
        if let program = CoverPage.missingProgram {
            return [
                Finding(
                    grade: .wrong, subject: "cover page", text: "\(program) is not installed",
                    mend: "apt-get install librsvg2-bin fonts-dejavu-core, or take sending.cover out")
            ]
        }
        do throws(FaxError) {
            _ = try CoverTemplate(reading: path)
            return [Finding(grade: .ok, subject: "cover page", text: "\(path) can be used")]
        } catch {
            return [
                Finding(
                    grade: .wrong, subject: "cover page", text: error.message,
                    mend: "mend the template, or install the project's cover.svg")
            ]
        }
    }
}
