// Debian's libxml2 headers include the system's ICU, which clashes with Foundation's
// (swiftlang/swift#88485). Nothing here needs ICU, so it is switched off for the headers only.
// The one struct whose layout depends on it, xmlCharEncodingHandler, is never used by value.
#include <libxml/xmlversion.h>
#undef LIBXML_ICU_ENABLED

#include <libxml/HTMLparser.h>
#include <libxml/SAX2.h>
#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <libxml/xmlerror.h>
#include <libxml/uri.h>
#include <libxml/xmlschemas.h>
#include <libxml/xmlschemastypes.h>
