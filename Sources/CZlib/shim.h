// zlib. Its initialiser is a macro with the version and size of the header that was compiled against.
#include <zlib.h>

static inline int leerwijzer_deflate_init_gzip(z_stream *stream, int level) {
    // 15 bits of window, and 16 more for a gzip header instead of a zlib one.
    return deflateInit2(stream, level, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
}

static inline int leerwijzer_inflate_init(z_stream *stream) {
    // 15 bits of window, and 32 more to recognise a gzip or a zlib header.
    return inflateInit2(stream, 15 + 32);
}
