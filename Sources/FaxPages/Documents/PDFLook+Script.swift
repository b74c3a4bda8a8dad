extension PDFLook {
    /// For `mutool run`, with the PDF as standard input and two arguments: how many pages may be told, and where a PDF
    /// with a mended page tree goes if one is needed.
    ///
    /// The tree is walked from node to node, since its counts may be wrong: MuPDF trusts those of the nodes, Poppler that
    /// of the root or of a linearized file, and neither says so. Says `locked`, or `sound` or `mended` and a number of pages,
    /// then for each page its width and height in points as it shows, or `missing` and why.
    static let script = #"""
        var most = Number(scriptArgs[0])
        var pdf = new PDFDocument("/dev/stdin")
        // ISO 32000-1 table 30.
        var inheritable = ["Resources", "MediaBox", "CropBox", "Rotate"]
        var pages = []
        var isSound = true

        function plain(object) {
            return object && object.isIndirect() ? object.resolve() : object
        }

        function number(object, otherwise) {
            object = plain(object)
            return object && object.isNumber() ? object.valueOf() : otherwise
        }

        function name(object) {
            object = plain(object)
            return object && object.isName() ? object.asName() : ""
        }

        function found(page) {
            return page.node
        }

        // Without recursion, of which the interpreter allows little. A node that is open holds itself.
        function walk(root) {
            var nodes = [], open = {}

            function enter(node) {
                var place = node && node.isIndirect() ? node.asIndirect() : 0
                if (!node || !node.isDictionary() || open[place]) return pages.push({ why: "no page is in its place" })
                var above = nodes.length ? nodes[nodes.length - 1].has : {}
                var has = {}
                inheritable.forEach(function (key) { has[key] = node.get(key) || above[key] })
                var kids = plain(node.get("Kids"))
                var type = name(node.get("Type"))
                if (kids && kids.isArray()) {
                    isSound = isSound && type == "Pages"
                    if (place) open[place] = true
                    nodes.push({ node: node, place: place, has: has, kids: kids, next: 0, before: pages.length })
                } else if (type == "Page" || node.get("Contents")) {
                    isSound = isSound && type == "Page" && nodes.length > 0
                    pages.push({ node: node, has: has })
                } else {
                    pages.push({ why: "no page is in its place" })
                }
            }

            enter(root)
            while (nodes.length > 0 && pages.length <= most) {
                var last = nodes[nodes.length - 1]
                if (last.next < last.kids.length) {
                    enter(last.kids.get(last.next++))
                } else {
                    isSound = isSound && number(last.node.get("Count")) === pages.length - last.before
                    open[last.place] = false
                    nodes.pop()
                }
            }
        }

        // The visible part of a page's paper as it shows, as MuPDF and Poppler have it.
        function size(page) {
            function box(key) {
                var array = plain(page.has[key])
                var at = [0, 1, 2, 3].map(function (index) {
                    return array && array.isArray() ? number(array.get(index), 0) : 0
                })
                var left = Math.min(at[0], at[2]), bottom = Math.min(at[1], at[3])
                return { left: left, bottom: bottom, right: left + Math.abs(at[2] - at[0]), top: bottom + Math.abs(at[3] - at[1]) }
            }
            function isEmpty(box) {
                return !(box.left < box.right && box.bottom < box.top)
            }
            var paper = box("MediaBox"), crop = box("CropBox")
            if (!page.has.MediaBox) paper = { left: 0, bottom: 0, right: 612, top: 792 }
            if (!isEmpty(crop)) {
                paper = {
                    left: Math.max(paper.left, crop.left), bottom: Math.max(paper.bottom, crop.bottom),
                    right: Math.min(paper.right, crop.right), top: Math.min(paper.top, crop.top)
                }
            }
            var unit = number(page.node.get("UserUnit"), 1)
            if (!(unit > 0 && unit <= 1000)) unit = 1
            var across = ((paper.right - paper.left) * unit).toPrecision(6)
            var down = ((paper.top - paper.bottom) * unit).toPrecision(6)
            return number(page.has.Rotate, 0) % 180 ? down + " " + across : across + " " + down
        }

        function mend(file) {
            var root = pdf.addObject(pdf.newDictionary())
            var kids = pdf.newArray()
            pages.forEach(function (page) {
                // What is missing keeps its number.
                var node = page.node || pdf.addPage([0, 0, 595, 842], 0, {}, "")
                inheritable.forEach(function (key) {
                    if (page.node && page.has[key]) node.put(key, page.has[key])
                })
                node.put("Type", pdf.newName("Page"))
                node.put("Parent", root)
                kids.push(node)
            })
            root.put("Type", pdf.newName("Pages"))
            root.put("Kids", kids)
            root.put("Count", pages.length)
            pdf.getTrailer().get("Root").put("Pages", root)
            // A linearized file's own count goes with the garbage.
            pdf.save(file, "garbage,decrypt")
        }

        function look() {
            if (pdf.needsPassword()) return print("locked")
            var root = pdf.getTrailer().get("Root").get("Pages")
            if (!root) return print("sound", 0)
            walk(root)
            var counted = number(root.get("Count"), 0)
            var there = pages.filter(found)
            isSound = isSound && there.length === pages.length
            // Dead entries that aren't counted are what a removed page leaves.
            if (there.length === counted) pages = there
            if (pages.length > most || counted > most) return print("sound", Math.max(pages.length, counted))
            while (pages.length < counted) pages.push({ why: "it is counted and not there" })
            if (!isSound) mend(scriptArgs[1])
            print(isSound ? "sound" : "mended", pages.length)
            pages.forEach(function (page) { print(page.node ? size(page) : "missing " + page.why) })
        }

        look()
        """#
}
