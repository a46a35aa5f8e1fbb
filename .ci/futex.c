/* Tells the instrument for threads what a contended lock of Swift's Synchronization module does.
 *
 * A Mutex is one word. While nobody waits it is taken and given back by atomic operations, which the
 * instrument sees; when two threads want it, by the kernel (futex(2), FUTEX_LOCK_PI and
 * FUTEX_UNLOCK_PI), which it does not, so that whatever the lock protects looks like a race.
 * .ci/sanitize puts this library before libc.
 *
 *   cc -shared -fPIC -o futex.so .ci/futex.c
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <linux/futex.h>
#include <stdarg.h>
#include <sys/syscall.h>

extern void __tsan_acquire(void *address) __attribute__((weak));
extern void __tsan_release(void *address) __attribute__((weak));

long syscall(long number, ...) {
    static long (*next)(long, ...);
    if (!next) next = (long (*)(long, ...))dlsym(RTLD_NEXT, "syscall");

    va_list list;
    va_start(list, number);
    long a = va_arg(list, long), b = va_arg(list, long), c = va_arg(list, long);
    long d = va_arg(list, long), e = va_arg(list, long), f = va_arg(list, long);
    va_end(list);

    if (number != SYS_futex) return next(number, a, b, c, d, e, f);
    long what = b & FUTEX_CMD_MASK;
    if (what == FUTEX_UNLOCK_PI && __tsan_release) __tsan_release((void *)a);
    long result = next(number, a, b, c, d, e, f);
    int isLock = what == FUTEX_LOCK_PI || what == FUTEX_TRYLOCK_PI;
    if (result == 0 && isLock && __tsan_acquire) __tsan_acquire((void *)a);
    return result;
}
