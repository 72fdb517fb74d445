// A PDF that the verifier accepts holds no vector as qpdf sees it, object by object.
#include <set>

#define POINTERHOLDER_TRANSITION 4 // qpdf 11 asks for a choice about its old smart pointer; none of it is used
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFObjectHandle.hh>

#include "sanitizer/verify/pdf/pdf.h"

namespace {

using namespace sekisho;

// ISO 32000-2, 12.6.4: actions but for /GoTo, /URI and /Named, and where files, forms of XML and programs hang.
const std::set<std::string> forbidden_keys = {
    "/AA",      "/JS",    "/XFA",        "/EmbeddedFiles", "/EF", "/RichMediaContent",
    "/Encrypt", "/Perms", "/Collection", "/NeedsRendering"};
const std::set<std::string> forbidden_names = {"/JavaScript", "/Launch",    "/SubmitForm", "/ImportData", "/GoToR",
                                               "/GoToE",      "/Rendition", "/Movie",      "/Sound",      "/RichMedia"};

void look(QPDFObjectHandle object, int depth) {
    if (depth > 64) bug("accepted what is nested without an end");
    if (object.isArray()) {
        for (const QPDFObjectHandle& item : object.getArrayAsVector())
            if (!item.isIndirect()) look(item, depth + 1);
    }
    if (object.isStream()) object = object.getDict();
    if (!object.isDictionary()) return;
    for (const std::string& key : object.getKeys()) {
        if (forbidden_keys.contains(key)) bug("accepted the key " + key);
        QPDFObjectHandle value = object.getKey(key);
        if ((key == "/S" || key == "/Subtype") && value.isName() && forbidden_names.contains(value.getName()))
            bug("accepted " + value.getName());
        if (!value.isIndirect()) look(value, depth + 1);
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const View input(data, size);
    Limits limits;
    limits.bytes_unpacked = 8 << 20;
    if (!verify::pdf(MemorySource(input), limits)) return 0;
    const std::string content(as_text(input));
    QPDF file;
    file.setSuppressWarnings(true);
    file.processMemoryFile("accepted", content.data(), content.size());
    look(file.getTrailer(), 0);
    for (const QPDFObjectHandle& object : file.getAllObjects()) look(object, 0);
    return 0;
}
