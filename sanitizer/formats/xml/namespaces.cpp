#include "sanitizer/formats/xml/namespaces.h"

#include <array>
#include <string>

namespace sekisho::xml {

namespace {

struct Row {
    std::string_view part; // lower case; of the namespace name, without what readers may be lenient about
    Behaviour behaviour;
};

// Closed by what exists: only these vocabularies are acted on by browsers, XML libraries and Office programs.
constexpr std::array rows{
    Row{"www.w3.org/1999/xsl", Behaviour::program},
    Row{"www.w3.org/tr/wd-xsl", Behaviour::program},
    Row{"schemas-microsoft-com:xslt", Behaviour::program},
    Row{"schemas.microsoft.com/winfx", Behaviour::program},
    Row{"schemas.microsoft.com/developer", Behaviour::program},
    Row{"www.mozilla.org/keymaster", Behaviour::program},
    Row{"www.mozilla.org/xbl", Behaviour::program},
    Row{"schemas.microsoft.com/windows/2004/02/mit/task", Behaviour::program},
    Row{"www.w3.org/1999/xhtml", Behaviour::acts},
    Row{"www.w3.org/2000/svg", Behaviour::acts},
    Row{"www.w3.org/1998/math", Behaviour::acts},
    Row{"www.w3.org/1999/xlink", Behaviour::acts},
    Row{"/xinclude", Behaviour::acts},
    Row{"/xforms", Behaviour::acts},
    Row{"/xml-events", Behaviour::acts},
    Row{"/smil", Behaviour::acts},
    Row{"www.w3.org/tr/html4", Behaviour::acts},
    Row{"schemas-microsoft-com:vml", Behaviour::acts},
    Row{"schemas-microsoft-com:office", Behaviour::office},
    Row{"schemas.microsoft.com/office/", Behaviour::office},
    Row{"schemas.openxmlformats.org", Behaviour::office},
    Row{"purl.oclc.org/ooxml/", Behaviour::office},
    Row{"opendocument:xmlns", Behaviour::office},
    Row{"openoffice.org/", Behaviour::office},
    Row{"ns.adobe.com/xdp/", Behaviour::office},
    Row{"www.xfa.org/", Behaviour::office},
};

} // namespace

Behaviour behaviour_of(std::string_view uri) {
    std::string lower(uri);
    for (char& c : lower)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
    if (lower.starts_with(inert)) return Behaviour::none;
    for (const Row& row : rows)
        if (lower.find(row.part) != lower.npos) return row.behaviour;
    return Behaviour::none;
}

} // namespace sekisho::xml
