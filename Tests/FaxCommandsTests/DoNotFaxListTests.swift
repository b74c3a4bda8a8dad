import FaxModel
import Testing

@testable import FaxCommands

@Suite struct DoNotFaxListTests {
    @Test("a list is read in every notation, with its comments, and keeps each number's line")
    func reading() throws {
        let scratch = try ScratchDirectory()
        let path = try scratch.write("# by law\n030 1234567 # asked in May\n\n+44 20 79460000\n1234567\n", to: "dnf")
        let policy = NumberPolicy(plan: try NumberingPlan(country: "49", area: "30"))
        let list = try DoNotFaxList(path: path, policy: policy)
        #expect(
            list.lines == [try FaxNumber(parsing: "+49301234567"): 2, try FaxNumber(parsing: "+442079460000"): 4])
    }

    @Test("a list with bad lines names them all, and one that is not there is no empty one")
    func refused() throws {
        let scratch = try ScratchDirectory()
        let path = try scratch.write("030 1234567\nMüller\n12;34\n", to: "dnf")
        let error = #expect(throws: FaxError.self) { try DoNotFaxList(path: path, policy: NumberPolicy()) }
        #expect(error?.code == .configuration)
        let lines = error?.message.split(separator: "\n") ?? []
        #expect(lines.count == 2)
        #expect(lines.first?.contains("dnf:2: number") == true)
        let missing = #expect(throws: FaxError.self) {
            try DoNotFaxList(path: scratch.path + "/none", policy: NumberPolicy())
        }
        #expect(missing?.code == .configuration)
    }
}
