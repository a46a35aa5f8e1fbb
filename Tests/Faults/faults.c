// Makes a program's system calls fail as a bad disk's, or its clock jump; loaded with LD_PRELOAD.
//
//   FAULT=KIND:ERRNO:N[:on]  the N-th call of a kind (write, sync, rename, truncate, open, unlink, or
//                            any) under FAULT_UNDER fails with this number, and with :on all after it
//   FAULT_UNDER=FOLDER       only files below it count
//   CLOCK_JUMP=SECONDS       every seventh look at the wall clock finds it so much earlier, later, or
//                            right again
//
// What happened is told as a line on the file that FAULT_LOG names.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

#define NEXT(name, ...) static __typeof__(&name) next; if (!next) next = dlsym(RTLD_NEXT, #name)

static atomic_long calls, looks;

static int names(const char *kind, size_t length, const char *own) {
    return (length == 3 && !strncmp(kind, "any", 3)) ||
           (length == strlen(own) && !strncmp(kind, own, length));
}

static void tell(const char *kind, long number) {
    const char *path = getenv("FAULT_LOG");
    if (!path) return;
    char line[96];
    int count = snprintf(line, sizeof line, "%s %ld\n", kind, number);
    NEXT(open);
    int log = next(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
    if (log < 0) return;
    static ssize_t (*put)(int, const void *, size_t);
    if (!put) put = dlsym(RTLD_NEXT, "write");
    put(log, line, count);
    close(log);
}

// Whether this call fails; sets errno.
static int fails(const char *kind, const char *path) {
    const char *fault = getenv("FAULT"), *under = getenv("FAULT_UNDER");
    if (!fault || !under || !path || strncmp(path, under, strlen(under))) return 0;
    const char *colon = strchr(fault, ':');
    if (!colon || !names(fault, colon - fault, kind)) return 0;
    char *rest;
    int number = strtol(colon + 1, &rest, 10);
    long wanted = *rest == ':' ? strtol(rest + 1, &rest, 10) : 1;
    int goes_on = !strcmp(rest, ":on");
    long call = atomic_fetch_add(&calls, 1) + 1;
    if (call != wanted && !(goes_on && call > wanted)) return 0;
    tell(kind, call);
    errno = number;
    return 1;
}

static int fails_at(const char *kind, int descriptor) {
    if (!getenv("FAULT")) return 0;
    char link[64], path[4096];
    snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
    ssize_t count = readlink(link, path, sizeof path - 1);
    if (count < 0) return 0;
    path[count] = 0;
    return fails(kind, path);
}

// A name that is not absolute is taken from the working directory.
static int fails_path(const char *kind, const char *name) {
    if (!getenv("FAULT") || !name) return 0;
    char path[4096];
    if (name[0] == '/') return fails(kind, name);
    if (!getcwd(path, sizeof path)) return 0;
    strncat(path, "/", sizeof path - strlen(path) - 1);
    strncat(path, name, sizeof path - strlen(path) - 1);
    return fails(kind, path);
}

ssize_t write(int file, const void *bytes, size_t count) {
    NEXT(write);
    return fails_at("write", file) ? -1 : next(file, bytes, count);
}
ssize_t writev(int file, const struct iovec *pieces, int count) {
    NEXT(writev);
    return fails_at("write", file) ? -1 : next(file, pieces, count);
}
ssize_t pwrite(int file, const void *bytes, size_t count, off_t offset) {
    NEXT(pwrite);
    return fails_at("write", file) ? -1 : next(file, bytes, count, offset);
}
ssize_t pwrite64(int file, const void *bytes, size_t count, off64_t offset) {
    NEXT(pwrite64);
    return fails_at("write", file) ? -1 : next(file, bytes, count, offset);
}
int fsync(int file) {
    NEXT(fsync);
    return fails_at("sync", file) ? -1 : next(file);
}
int fdatasync(int file) {
    NEXT(fdatasync);
    return fails_at("sync", file) ? -1 : next(file);
}
int ftruncate(int file, off_t size) {
    NEXT(ftruncate);
    return fails_at("truncate", file) ? -1 : next(file, size);
}
int ftruncate64(int file, off64_t size) {
    NEXT(ftruncate64);
    return fails_at("truncate", file) ? -1 : next(file, size);
}
int rename(const char *from, const char *to) {
    NEXT(rename);
    return fails_path("rename", to) ? -1 : next(from, to);
}
int symlink(const char *target, const char *name) {
    NEXT(symlink);
    return fails_path("rename", name) ? -1 : next(target, name);
}
int unlink(const char *name) {
    NEXT(unlink);
    return fails_path("unlink", name) ? -1 : next(name);
}

// Only opening to write fails: what cannot be read is another matter.
#define OPENING(name)                                                       \
    int name(const char *path, int flags, ...) {                            \
        NEXT(name);                                                         \
        va_list rest;                                                       \
        va_start(rest, flags);                                              \
        mode_t mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(rest, mode_t) : 0; \
        va_end(rest);                                                       \
        if (flags & O_CREAT && fails_path("open", path)) return -1;         \
        return next(path, flags, mode);                                     \
    }
OPENING(open)
OPENING(open64)

static long jump(void) {
    const char *seconds = getenv("CLOCK_JUMP");
    if (!seconds) return 0;
    long phase = atomic_fetch_add(&looks, 1) / 7 % 3;
    return phase == 0 ? 0 : (phase == 1 ? -1 : 1) * strtol(seconds, NULL, 10);
}

int clock_gettime(clockid_t clock, struct timespec *now) {
    NEXT(clock_gettime);
    int status = next(clock, now);
    if (!status && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE)) now->tv_sec += jump();
    return status;
}
int gettimeofday(struct timeval *restrict now, void *restrict zone) {
    NEXT(gettimeofday);
    int status = next(now, zone);
    if (!status && now) now->tv_sec += jump();
    return status;
}
time_t time(time_t *now) {
    struct timespec moment;
    clock_gettime(CLOCK_REALTIME, &moment);
    if (now) *now = moment.tv_sec;
    return moment.tv_sec;
}
