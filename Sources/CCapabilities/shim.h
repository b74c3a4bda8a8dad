#ifndef CALLFAX_CCAPABILITIES_SHIM_H
#define CALLFAX_CCAPABILITIES_SHIM_H

#include <sys/prctl.h>

/// Keeps what this process may do from the programs that it starts (capabilities(7), ambient set). Counts for the calling
/// thread and for threads that it starts later. Swift can't call prctl(2) itself, which has no fixed arguments.
static inline int callfax_keep_rights_to_ourselves(void) {
    return prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0UL, 0UL, 0UL);
}

#endif
