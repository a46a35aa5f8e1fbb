#include "peer.h"

#include <libxml/parser.h>
#include <libxml/xmlwriter.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum kind { START, ATTRIBUTE, TEXT, END };

struct event {
    enum kind kind;
    xmlChar *name;
    xmlChar *value;
};

struct events {
    struct event *all;
    size_t count, room;
    int failed;
};

static void add(struct events *events, enum kind kind, const xmlChar *name, const xmlChar *value,
                int length) {
    if (events->failed) return;
    if (events->count == events->room) {
        size_t room = events->room ? events->room * 2 : 1024;
        struct event *all = realloc(events->all, room * sizeof *all);
        if (!all) {
            events->failed = 1;
            return;
        }
        events->all = all;
        events->room = room;
    }
    struct event *event = &events->all[events->count++];
    event->kind = kind;
    event->name = name ? xmlStrdup(name) : NULL;
    event->value = value ? xmlStrndup(value, length) : NULL;
}

// The first SAX interface hands over names with their prefixes, as the writer takes them.
static void on_start(void *context, const xmlChar *name, const xmlChar **attributes) {
    add(context, START, name, NULL, 0);
    for (; attributes && attributes[0]; attributes += 2)
        add(context, ATTRIBUTE, attributes[0], attributes[1], xmlStrlen(attributes[1]));
}

static void on_end(void *context, const xmlChar *name) { add(context, END, name, NULL, 0); }

static void on_text(void *context, const xmlChar *text, int length) {
    struct events *events = context;
    // One text is one call, however the parser cuts it.
    if (events->count && events->all[events->count - 1].kind == TEXT) {
        struct event *last = &events->all[events->count - 1];
        last->value = xmlStrncat(last->value, text, length);
    } else {
        add(events, TEXT, NULL, text, length);
    }
}

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return time.tv_sec + time.tv_nsec / 1e9;
}

static int write_all(const struct events *events, xmlBufferPtr buffer) {
    xmlTextWriterPtr writer = xmlNewTextWriterMemory(buffer, 0);
    if (!writer) return -1;
    int status = xmlTextWriterStartDocument(writer, "1.0", "UTF-8", NULL);
    for (size_t index = 0; index < events->count && status >= 0; index++) {
        const struct event *event = &events->all[index];
        switch (event->kind) {
        case START: status = xmlTextWriterStartElement(writer, event->name); break;
        case ATTRIBUTE:
            status = xmlTextWriterWriteAttribute(writer, event->name, event->value);
            break;
        case TEXT: status = xmlTextWriterWriteString(writer, event->value); break;
        case END: status = xmlTextWriterEndElement(writer); break;
        }
    }
    if (status >= 0) status = xmlTextWriterEndDocument(writer);
    xmlFreeTextWriter(writer);
    return status < 0 ? -1 : 0;
}

int peer_write(const char *document, size_t length, int rounds, struct peer_result *result) {
    struct events events = {0};
    xmlSAXHandler handler = {0};
    handler.startElement = on_start;
    handler.endElement = on_end;
    handler.characters = on_text;
    handler.ignorableWhitespace = on_text;
    int failed = xmlSAXUserParseMemory(&handler, &events, document, (int)length) || events.failed;
    result->seconds = 0;
    result->count = 0;
    result->difference = 0;
    for (int round = 0; round < rounds && !failed; round++) {
        double start = now();
        xmlBufferPtr buffer = xmlBufferCreate();
        failed = !buffer || write_all(&events, buffer);
        double seconds = now() - start;
        if (!failed) {
            if (round == 0 || seconds < result->seconds) result->seconds = seconds;
            const char *bytes = (const char *)xmlBufferContent(buffer);
            result->count = xmlBufferLength(buffer);
            size_t same = 0;
            while (same < result->count && same < length && bytes[same] == document[same]) same++;
            result->difference = same;
        }
        if (buffer) xmlBufferFree(buffer);
    }
    for (size_t index = 0; index < events.count; index++) {
        xmlFree(events.all[index].name);
        xmlFree(events.all[index].value);
    }
    free(events.all);
    return failed ? -1 : 0;
}
