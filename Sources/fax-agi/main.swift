import SpoolFiles

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

// Asterisk sends SIGHUP when the channel goes away: the record has to be finished all the same.
signal(SIGHUP, SIG_IGN)
signal(SIGPIPE, SIG_IGN)
umask(0o027)
exit(FaxAGI.run(arguments: Array(CommandLine.arguments.dropFirst())))
