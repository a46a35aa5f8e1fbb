// What Linux and the processor offer and Swift's Glibc does not show, and what has to be done within a
// signal.
#ifndef LEERWIJZER_LINUX_H
#define LEERWIJZER_LINUX_H
#include <stddef.h>

/// Puts two names in each other's place in one step: renameat2(2) with RENAME_EXCHANGE.
///
/// Returns 0, or -1 with the reason in `errno`.
int leerwijzer_exchange(const char *first, const char *second);

/// Lets the pages of a mapped file that can no longer be read, because it was cut short or the disk
/// fails, read as zeros, where the process would end by SIGBUS.
///
/// Returns whether the mapping is guarded; there is room for 64 at a time.
int leerwijzer_guard_mapping(const void *start, size_t size);

/// Ends the guard; to be called before the mapping is given back.
void leerwijzer_release_mapping(const void *start);

/// Asks for the cache line at an address, so that reading it soon need not wait for memory. Any
/// address may be given; nothing is read.
static inline void leerwijzer_prefetch(const void *address) { __builtin_prefetch(address); }

#endif
