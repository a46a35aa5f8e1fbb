#ifndef LEERWIJZER_XML_TEXT_WRITER_PEER_H
#define LEERWIJZER_XML_TEXT_WRITER_PEER_H

#include <stddef.h>

/// What a document came to when libxml2 wrote it again.
struct peer_result {
    /// Processor seconds of the fastest of the rounds.
    double seconds;
    /// How many bytes were written.
    size_t count;
    /// The first byte that differs from the document; `count` when none does.
    size_t difference;
};

/// Writes a document's elements, attributes and texts with `xmlTextWriter` into memory, `rounds`
/// times. They are gathered before the clock starts.
///
/// Returns 0, or -1 when the document is not well-formed or libxml2 fails.
int peer_write(const char *document, size_t length, int rounds, struct peer_result *result);

#endif
