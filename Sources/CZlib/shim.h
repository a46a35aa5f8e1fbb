// zlib. Its initialiser is a macro with the version and size of the header that was compiled against.
#include <zlib.h>

static inline int leerwijzer_deflate_init_gzip(z_stream *stream, int level) {
    // 15 bits of window, and 16 more for a gzip header instead of a zlib one.
    return deflateInit2(stream, level, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
}
