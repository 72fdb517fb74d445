#include "sanitizer/formats/legacy/look.h"

namespace sekisho::legacy {

Result<Seen> look(Job& job) {
    switch (job.type) {
    case Type::rtf:
        TRY(look_at_rtf(job));
        return Seen{};
    case Type::xlsb:
        TRY(look_at_xlsb(job));
        return Seen{};
    case Type::word_xml:
    case Type::excel_xml:
        TRY(look_at_office_xml(job));
        return Seen{};
    default:
        return look_at_compound_file(job);
    }
}

} // namespace sekisho::legacy
