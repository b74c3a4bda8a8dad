// One place that picks the C library; a file that calls into it imports the same one.
#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// The calling thread's error number, to be read before anything else is called.
var lastError: Int32 { errno }
