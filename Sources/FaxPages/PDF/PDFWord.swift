/// A word that was read on a page, and where: in parts of the page's width and height, from its top left corner.
package struct PDFWord: Hashable, Sendable {
    package var text: String
    package var x: Double
    package var y: Double
    package var width: Double
    package var height: Double

    package init(text: String, x: Double, y: Double, width: Double, height: Double) {
        self.text = text
        self.x = x
        self.y = y
        self.width = width
        self.height = height
    }
}
