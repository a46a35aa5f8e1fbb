// libcurl, which is loaded when it is first needed and not linked: it brings some 25 libraries, and
// loading them takes longer than a search does. Its setters and getters take a variable number of
// arguments, which Swift cannot call.
#include <curl/curl.h>
#include <dlfcn.h>

/// What is used of libcurl; each member is a function of the same name behind `curl_`.
struct leerwijzer_curl {
    __typeof__(curl_global_init) *global_init;
    __typeof__(curl_easy_init) *easy_init;
    __typeof__(curl_easy_cleanup) *easy_cleanup;
    __typeof__(curl_easy_reset) *easy_reset;
    __typeof__(curl_easy_perform) *easy_perform;
    __typeof__(curl_easy_strerror) *easy_strerror;
    void *easy_setopt; // first argument of the setters below
    __typeof__(curl_slist_append) *slist_append;
    __typeof__(curl_slist_free_all) *slist_free_all;
    __typeof__(curl_getdate) *getdate;
    __typeof__(curl_free) *free;
    __typeof__(curl_url) *url;
    __typeof__(curl_url_cleanup) *url_cleanup;
    __typeof__(curl_url_set) *url_set;
    __typeof__(curl_url_get) *url_get;
    __typeof__(curl_url_strerror) *url_strerror;
};

/// Loads libcurl by the name of its file, and keeps it loaded.
///
/// Returns null, or why it cannot be used, which is to be read before another library is loaded.
static inline const char *leerwijzer_curl_load(const char *name, struct leerwijzer_curl *curl) {
    void *library = dlopen(name, RTLD_NOW | RTLD_LOCAL);
    if (library == NULL) return dlerror();
#define LEERWIJZER_CURL_FIND(function)                                                       \
    if ((*(void **)&curl->function = dlsym(library, "curl_" #function)) == NULL) return dlerror()
    LEERWIJZER_CURL_FIND(global_init);
    LEERWIJZER_CURL_FIND(easy_init);
    LEERWIJZER_CURL_FIND(easy_cleanup);
    LEERWIJZER_CURL_FIND(easy_reset);
    LEERWIJZER_CURL_FIND(easy_perform);
    LEERWIJZER_CURL_FIND(easy_strerror);
    LEERWIJZER_CURL_FIND(easy_setopt);
    LEERWIJZER_CURL_FIND(slist_append);
    LEERWIJZER_CURL_FIND(slist_free_all);
    LEERWIJZER_CURL_FIND(getdate);
    LEERWIJZER_CURL_FIND(free);
    LEERWIJZER_CURL_FIND(url);
    LEERWIJZER_CURL_FIND(url_cleanup);
    LEERWIJZER_CURL_FIND(url_set);
    LEERWIJZER_CURL_FIND(url_get);
    LEERWIJZER_CURL_FIND(url_strerror);
#undef LEERWIJZER_CURL_FIND
    return NULL;
}

typedef __typeof__(curl_easy_setopt) *leerwijzer_curl_setopt;

static inline CURLcode leerwijzer_curl_set_long(
    void *setopt, CURL *handle, CURLoption option, long value) {
    return ((leerwijzer_curl_setopt)setopt)(handle, option, value);
}

static inline CURLcode leerwijzer_curl_set_text(
    void *setopt, CURL *handle, CURLoption option, const char *text) {
    return ((leerwijzer_curl_setopt)setopt)(handle, option, text);
}

static inline CURLcode leerwijzer_curl_set_pointer(
    void *setopt, CURL *handle, CURLoption option, void *pointer) {
    return ((leerwijzer_curl_setopt)setopt)(handle, option, pointer);
}

static inline CURLcode leerwijzer_curl_set_offset(
    void *setopt, CURL *handle, CURLoption option, curl_off_t value) {
    return ((leerwijzer_curl_setopt)setopt)(handle, option, value);
}

// Both for the body and for header lines.
typedef size_t (*leerwijzer_curl_bytes)(char *bytes, size_t size, size_t count, void *context);

static inline CURLcode leerwijzer_curl_set_bytes(
    void *setopt, CURL *handle, CURLoption option, leerwijzer_curl_bytes callback) {
    return ((leerwijzer_curl_setopt)setopt)(handle, option, callback);
}

typedef curl_socket_t (*leerwijzer_curl_socket)(
    void *context, curlsocktype purpose, struct curl_sockaddr *address);

static inline CURLcode leerwijzer_curl_set_socket(
    void *setopt, CURL *handle, leerwijzer_curl_socket callback) {
    return ((leerwijzer_curl_setopt)setopt)(handle, CURLOPT_OPENSOCKETFUNCTION, callback);
}
