/// A trunk, and how many calls at a time it carries.
package struct TrunkLines: Hashable, Sendable {
    package var name: TrunkName
    package var lines: Int

    package init(_ name: TrunkName, lines: Int) {
        self.name = name
        self.lines = lines
    }
}
