#pragma once
#include <fcntl.h>
#include <grp.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/user.h>
#include <sys/wait.h>
#include <unistd.h>

// ptrace(2) and syscall(2) are variadic and so not importable.

/// A stop of a traced thread at the entry or the exit of a system call.
struct ctrace_call {
    int is_entry;
    int is_exit;
    int64_t number;
    uint64_t arguments[6];
    int64_t result;
    int is_error;
};

/// Starts a program that stops before its first instruction until `ctrace_begin`. Standard streams are these three files;
/// nothing else is inherited. -1 with errno where no process could be made.
static inline pid_t ctrace_start(const char *path, char *const *arguments, char *const *environment, const char *in,
                                 const char *out, const char *err, uid_t user) {
    pid_t pid = fork();
    if (pid != 0) return pid;
    // Only calls that are safe between fork and exec.
    int input = open(in, O_RDONLY);
    int output = open(out, O_WRONLY | O_CREAT | O_APPEND, 0644);
    int errors = open(err, O_WRONLY | O_CREAT | O_APPEND, 0644);
    if (dup2(input, 0) < 0 || dup2(output, 1) < 0 || dup2(errors, 2) < 0) _exit(126);
    syscall(SYS_close_range, 3u, ~0u, 0u);
    if (user != 0 && (syscall(SYS_setgroups, 0, 0) != 0 || syscall(SYS_setresgid, user, user, user) != 0
                      || syscall(SYS_setresuid, user, user, user) != 0))
        _exit(126);
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, 0);
    if (ptrace(PTRACE_TRACEME, 0, 0, 0) != 0) _exit(126);
    raise(SIGSTOP);
    execve(path, arguments, environment);
    _exit(127);
}

/// Threads are followed, child processes not; the program dies with whoever traces it.
static inline long ctrace_begin(pid_t pid) {
    return ptrace(PTRACE_SETOPTIONS, pid, 0,
                  PTRACE_O_TRACESYSGOOD | PTRACE_O_TRACECLONE | PTRACE_O_TRACEEXEC | PTRACE_O_EXITKILL);
}

/// Lets a thread run to its next entry or exit of a system call.
static inline long ctrace_resume(pid_t thread, int signal) { return ptrace(PTRACE_SYSCALL, thread, 0, (long)signal); }

/// What the stopped thread is about to call or has called.
static inline int ctrace_look(pid_t thread, struct ctrace_call *call) {
    struct __ptrace_syscall_info info;
    if (ptrace(PTRACE_GET_SYSCALL_INFO, thread, sizeof info, &info) <= 0) return -1;
    call->is_entry = info.op == PTRACE_SYSCALL_INFO_ENTRY;
    call->is_exit = info.op == PTRACE_SYSCALL_INFO_EXIT;
    if (call->is_entry) {
        call->number = (int64_t)info.entry.nr;
        for (int i = 0; i < 6; i++) call->arguments[i] = info.entry.args[i];
    }
    if (call->is_exit) {
        call->result = info.exit.rval;
        call->is_error = info.exit.is_error;
    }
    return 0;
}

/// Replaces the third argument of the call that the thread is about to make; -1 where the machine is not known.
static inline int ctrace_set_third_argument(pid_t thread, uint64_t value) {
#if defined(__x86_64__)
    struct user_regs_struct registers;
    if (ptrace(PTRACE_GETREGS, thread, 0, &registers) != 0) return -1;
    registers.rdx = value;
    return (int)ptrace(PTRACE_SETREGS, thread, 0, &registers);
#else
    (void)thread; (void)value;
    return -1;
#endif
}

/// Waits for children of the calling thread alone, threads that it traces included.
static inline pid_t ctrace_wait(int *status) { return waitpid(-1, status, __WALL | __WNOTHREAD); }

enum {
    CTRACE_WRITE = SYS_write, CTRACE_PWRITE64 = SYS_pwrite64, CTRACE_WRITEV = SYS_writev, CTRACE_PWRITEV = SYS_pwritev,
    CTRACE_FTRUNCATE = SYS_ftruncate, CTRACE_FALLOCATE = SYS_fallocate, CTRACE_OPENAT = SYS_openat,
    CTRACE_RENAMEAT = SYS_renameat, CTRACE_RENAMEAT2 = SYS_renameat2, CTRACE_LINKAT = SYS_linkat,
    CTRACE_UNLINKAT = SYS_unlinkat, CTRACE_MKDIRAT = SYS_mkdirat, CTRACE_FCHMOD = SYS_fchmod,
    CTRACE_FCHMODAT = SYS_fchmodat, CTRACE_FCHOWN = SYS_fchown, CTRACE_FCHOWNAT = SYS_fchownat,
    CTRACE_UTIMENSAT = SYS_utimensat, CTRACE_FSYNC = SYS_fsync, CTRACE_FDATASYNC = SYS_fdatasync,
    CTRACE_SENDTO = SYS_sendto, CTRACE_SENDMSG = SYS_sendmsg, CTRACE_FLOCK = SYS_flock,
    CTRACE_SYMLINKAT = SYS_symlinkat, CTRACE_COPY_FILE_RANGE = SYS_copy_file_range,
#if defined(__x86_64__)
    CTRACE_OPEN = SYS_open, CTRACE_CREAT = SYS_creat, CTRACE_RENAME = SYS_rename, CTRACE_LINK = SYS_link,
    CTRACE_UNLINK = SYS_unlink, CTRACE_MKDIR = SYS_mkdir, CTRACE_RMDIR = SYS_rmdir, CTRACE_CHMOD = SYS_chmod,
    CTRACE_CHOWN = SYS_chown, CTRACE_SYMLINK = SYS_symlink, CTRACE_TRUNCATE = SYS_truncate,
#else
    CTRACE_OPEN = -1, CTRACE_CREAT = -2, CTRACE_RENAME = -3, CTRACE_LINK = -4, CTRACE_UNLINK = -5, CTRACE_MKDIR = -6,
    CTRACE_RMDIR = -7, CTRACE_CHMOD = -8, CTRACE_CHOWN = -9, CTRACE_SYMLINK = -10, CTRACE_TRUNCATE = -11,
#endif
    CTRACE_SYSTRAP = SIGTRAP | 0x80,
};
