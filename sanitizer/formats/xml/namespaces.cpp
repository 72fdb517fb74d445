#include "sanitizer/formats/xml/namespaces.h"

#include <algorithm>
#include <array>
#include <string>

namespace sekisho::xml {

namespace {

struct Row {
    std::string_view part; // lower case; of the namespace name, without what readers may be lenient about
    Behaviour behaviour;
};

// Vocabularies with a verdict of their own, so that the reason names them. What is neither here nor on the list of data
// is made inert, too.
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

constexpr auto data = std::to_array<std::string_view>({
#define XML_VOCABULARY(start) start,
#include "sanitizer/catalogue/xml_vocabularies.def"
#undef XML_VOCABULARY
});

// "http://www.w3.org/2001/XMLSchema" is no start of ".../XMLSchemaOfMine".
bool starts(std::string_view name, std::string_view start) {
    return name.starts_with(start) &&
           (name.size() == start.size() || std::string_view("/#:").find(name[start.size()]) != name.npos);
}

// Offices and companies of Japan name their records after themselves. Whoever writes programs that act on a vocabulary
// of such a name would have to be the reader's own.
bool is_japanese(std::string_view name) {
    for (const std::string_view scheme : {"http://", "https://"}) {
        if (!name.starts_with(scheme)) continue;
        const std::string_view rest = name.substr(scheme.size());
        const std::string_view host = rest.substr(0, rest.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789.-"));
        const bool ends = host.size() == rest.size() || std::string_view("/#:").find(rest[host.size()]) != rest.npos;
        return ends && host.ends_with(".jp");
    }
    return false;
}

} // namespace

Behaviour behaviour_of(std::string_view uri) {
    std::string lower(uri);
    for (char& c : lower)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
    if (lower.starts_with(inert)) return Behaviour::none;
    for (const Row& row : rows)
        if (lower.find(row.part) != lower.npos) return row.behaviour;
    const bool known = lower.empty() || is_japanese(lower) ||
                       std::ranges::any_of(data, [&](std::string_view start) { return starts(lower, start); });
    return known ? Behaviour::none : Behaviour::unknown;
}

} // namespace sekisho::xml
