// What Linux and the processor offer and Swift's Glibc does not show.
#include <fcntl.h>
#include <sys/syscall.h>
#include <unistd.h>

/// Puts two names in each other's place in one step: renameat2(2) with RENAME_EXCHANGE.
static inline int leerwijzer_exchange(const char *first, const char *second) {
    return (int)syscall(SYS_renameat2, AT_FDCWD, first, AT_FDCWD, second, 2u);
}

/// Asks for the cache line at an address, so that reading it soon need not wait for memory. Any
/// address may be given; nothing is read.
static inline void leerwijzer_prefetch(const void *address) { __builtin_prefetch(address); }
