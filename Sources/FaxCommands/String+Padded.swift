extension String {
    /// With blanks behind it, so that it is at least `width` letters wide.
    func padded(to width: Int) -> String { self + blanks(to: width) }

    /// With blanks before it.
    func rightAligned(in width: Int) -> String { blanks(to: width) + self }

    private func blanks(to width: Int) -> String { String(repeating: " ", count: max(0, width - count)) }
}
