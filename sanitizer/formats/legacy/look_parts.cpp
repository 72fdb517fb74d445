// The parts of an XLSB, by their names and the kinds that Excel gives them; the elements of Office 2003 XML.
#include <algorithm>
#include <array>
#include <string>

#include "sanitizer/formats/legacy/look.h"
#include "sanitizer/formats/zip_container/zip.h"

namespace sekisho::legacy {

namespace {

struct Telling {
    std::string_view text; // in lower case
    Finding finding;
};
// Where Excel puts them.
constexpr std::array parts{
    Telling{"xl/vbaproject", Finding::xlsb_macro},        Telling{"xl/macrosheets/", Finding::xlsb_macro},
    Telling{"xl/externallinks/", Finding::xlsb_external}, Telling{"xl/connections", Finding::xlsb_external},
    Telling{"xl/querytables/", Finding::xlsb_external},   Telling{"xl/embeddings/", Finding::xlsb_external},
    Telling{"xl/activex/", Finding::xlsb_external},
};
constexpr std::array elements{
    Telling{"macrospresent=\"yes\"", Finding::office_xml_macro},
    Telling{"<w:bindata w:name=\"editdata.mso\"", Finding::office_xml_macro},
    Telling{"embeddedobjpresent=\"yes\"", Finding::office_xml_object},
    Telling{"<w:docoledata", Finding::office_xml_object},
    Telling{"<o:oleobject", Finding::office_xml_object},
    Telling{"ocxpresent=\"yes\"", Finding::office_xml_object},
    Telling{"<supbook", Finding::office_xml_external},
    Telling{"ddeauto", Finding::office_xml_external},
    Telling{" dde ", Finding::office_xml_external},
    Telling{"includepicture", Finding::office_xml_external},
    Telling{"includetext", Finding::office_xml_external},
    Telling{"<querytable", Finding::office_xml_external},
};

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
}

std::string lower_of(std::string_view text) {
    std::string result(text);
    std::ranges::transform(result, result.begin(), lower);
    return result;
}

// A formula that names a program and a topic.
bool has_dde_formula(std::string_view text) {
    constexpr std::string_view formula = "ss:formula=\"";
    for (std::size_t at = text.find(formula); at != text.npos; at = text.find(formula, at + 1)) {
        const std::string_view value = text.substr(at + formula.size());
        if (value.substr(0, value.find('"')).find('|') != value.npos) return true;
    }
    return false;
}

} // namespace

Result<> look_at_xlsb(Job& job) {
    const ZipReader zip = TRY(ZipReader::open(job.in, job.context.budget()));
    for (const ZipEntry& entry : zip.entries()) {
        const std::string name = lower_of(entry.raw_name);
        for (const Telling& telling : parts)
            if (name.starts_with(telling.text)) job.context.found(telling.finding, Action::removed);
    }
    return {};
}

Result<> look_at_office_xml(Job& job) {
    const std::string text = lower_of(as_text(TRY(job.in.whole(job.context.limits().bytes_in_memory))));
    TRY(job.context.budget().check_time());
    // An entity is expanded by the suite's parser, too: no Office program writes one.
    if (text.find("<!doctype") != text.npos) return refuse(Reason::ooxml_dtd);
    for (const Telling& telling : elements)
        if (text.find(telling.text) != text.npos) job.context.found(telling.finding, Action::removed);
    if (has_dde_formula(text)) job.context.found(Finding::office_xml_external, Action::removed);
    return {};
}

} // namespace sekisho::legacy
