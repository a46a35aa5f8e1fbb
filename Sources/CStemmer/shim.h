// Snowball stemmers (libstemmer). Debian ships no pkg-config file for them, so the module map links.
#include <libstemmer.h>
