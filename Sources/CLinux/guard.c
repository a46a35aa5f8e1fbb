// What a mapped file holds is checked by its readers, sum by sum, so zeros in the place of what cannot
// be read are found as damage, and mended. Only the signal has to be survived. (The journal of systemd
// does the same.)
#define _GNU_SOURCE
#include "CLinux.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdint.h>
#include <sys/mman.h>
#include <unistd.h>

enum { room = 64 };

// A place is in use when its start is not 0, and its size was written before that.
static struct {
    _Atomic(uintptr_t) taken, start;
    _Atomic(size_t) size;
} guarded[room];

static struct sigaction before;
static uintptr_t page;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static int is_guarded(uintptr_t address) {
    for (int place = 0; place < room; place++) {
        uintptr_t start = atomic_load(&guarded[place].start);
        if (start && address >= start && address - start < atomic_load(&guarded[place].size)) return 1;
    }
    return 0;
}

// Runs within the signal: atomics and system calls only.
static void take(int number, siginfo_t *info, void *context) {
    int kept = errno;
    uintptr_t address = (uintptr_t)info->si_addr;
    if (info->si_code == BUS_ADRERR && is_guarded(address)) {
        void *start = (void *)(address & ~(page - 1));
        if (mmap(start, page, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0) == start) {
            errno = kept;
            return;
        }
    }
    errno = kept;
    if (before.sa_flags & SA_SIGINFO) {
        before.sa_sigaction(number, info, context);
    } else if (before.sa_handler == SIG_DFL || before.sa_handler == SIG_IGN) {
        // The access is made once more, and ends the process as it would have.
        sigaction(SIGBUS, &before, NULL);
    } else {
        before.sa_handler(number);
    }
}

static void install(void) {
    page = (uintptr_t)sysconf(_SC_PAGESIZE);
    struct sigaction action = {.sa_sigaction = take, .sa_flags = SA_SIGINFO | SA_ONSTACK | SA_RESTART};
    sigemptyset(&action.sa_mask);
    sigaction(SIGBUS, &action, &before);
}

int leerwijzer_guard_mapping(const void *start, size_t size) {
    pthread_once(&once, install);
    for (int place = 0; place < room; place++) {
        uintptr_t nobody = 0;
        if (!atomic_compare_exchange_strong(&guarded[place].taken, &nobody, 1)) continue;
        atomic_store(&guarded[place].size, size);
        atomic_store(&guarded[place].start, (uintptr_t)start);
        return 1;
    }
    return 0;
}

void leerwijzer_release_mapping(const void *start) {
    for (int place = 0; place < room; place++) {
        uintptr_t own = (uintptr_t)start;
        if (!atomic_compare_exchange_strong(&guarded[place].start, &own, 0)) continue;
        atomic_store(&guarded[place].taken, 0);
        return;
    }
}
