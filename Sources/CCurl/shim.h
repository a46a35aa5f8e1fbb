// libcurl. Its setters and getters take a variable number of arguments, which Swift cannot call.
#include <curl/curl.h>

static inline CURLcode leerwijzer_curl_set_long(CURL *curl, CURLoption option, long value) {
    return curl_easy_setopt(curl, option, value);
}

static inline CURLcode leerwijzer_curl_set_text(CURL *curl, CURLoption option, const char *text) {
    return curl_easy_setopt(curl, option, text);
}

static inline CURLcode leerwijzer_curl_set_pointer(CURL *curl, CURLoption option, void *pointer) {
    return curl_easy_setopt(curl, option, pointer);
}

static inline CURLcode leerwijzer_curl_set_offset(
    CURL *curl, CURLoption option, curl_off_t value) {
    return curl_easy_setopt(curl, option, value);
}

// Both for the body and for header lines.
typedef size_t (*leerwijzer_curl_bytes)(char *bytes, size_t size, size_t count, void *context);

static inline CURLcode leerwijzer_curl_set_bytes(
    CURL *curl, CURLoption option, leerwijzer_curl_bytes callback) {
    return curl_easy_setopt(curl, option, callback);
}

typedef curl_socket_t (*leerwijzer_curl_socket)(
    void *context, curlsocktype purpose, struct curl_sockaddr *address);

static inline CURLcode leerwijzer_curl_set_socket(CURL *curl, leerwijzer_curl_socket callback) {
    return curl_easy_setopt(curl, CURLOPT_OPENSOCKETFUNCTION, callback);
}

static inline long leerwijzer_curl_get_long(CURL *curl, CURLINFO info) {
    long value = 0;
    curl_easy_getinfo(curl, info, &value);
    return value;
}

static inline curl_off_t leerwijzer_curl_get_offset(CURL *curl, CURLINFO info) {
    curl_off_t value = -1;
    curl_easy_getinfo(curl, info, &value);
    return value;
}
