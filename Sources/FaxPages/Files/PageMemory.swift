import CTIFF

/// What a program that runs for months does with the memory of its pages.
package enum PageMemory {
    /// Keeps no more than two megabytes of what is free, for the rest of the program's life.
    ///
    /// Pages come and go, half a megabyte each, on many threads one after the other; glibc would keep what each thread had
    /// (mallopt(3)). Called before there are threads.
    package static func returnWhenFree() { callfax_return_free_memory() }
}
