#include "sanitizer/formats/legacy/legacy.h"

#include <algorithm>
#include <array>

#include "sanitizer/core/conversion.h"
#include "sanitizer/formats/document_date/document_date.h"
#include "sanitizer/formats/legacy/look.h"
#include "sanitizer/formats/legacy/slides_password.h"
#include "sanitizer/formats/ooxml/ooxml.h"

namespace sekisho::legacy {

namespace {

struct Row {
    Type type;
    Document from;
    Document old; // what it is if it is of before 1997
    Document to;
    Type result;
};

constexpr std::array rows{
    Row{Type::doc, Document::doc, Document::doc_95, Document::docx, Type::docx},
    Row{Type::xls, Document::xls, Document::xls_95, Document::xlsx, Type::xlsx},
    Row{Type::ppt, Document::ppt, Document::ppt, Document::pptx, Type::pptx},
    Row{Type::rtf, Document::rtf, Document::rtf, Document::docx, Type::docx},
    Row{Type::xlsb, Document::xlsb, Document::xlsb, Document::xlsx, Type::xlsx},
    Row{Type::word_xml, Document::word_xml, Document::word_xml, Document::docx, Type::docx},
    Row{Type::excel_xml, Document::excel_xml, Document::excel_xml, Document::xlsx, Type::xlsx},
};

// What Office itself tries before it asks for a password ([MS-OFFCRYPTO] 2.1.2).
constexpr std::string_view default_password = "VelvetSweatshop";

Result<Bytes> converted(Job& job, const Conversion& conversion) {
    MemorySink modern(job.context.limits().bytes_in_memory);
    TRY(job.context.convert(job.in, modern, conversion));
    return modern.take();
}

// One after the other: each costs a worker of the converter.
Result<Bytes> decrypted(Job& job, Conversion conversion) {
    std::vector<std::string_view> passwords{default_password};
    passwords.insert(passwords.end(), job.context.passwords().begin(), job.context.passwords().end());
    for (const std::string_view password : passwords) {
        conversion.password = password;
        auto modern = converted(job, conversion);
        if (modern) {
            job.context.found(Finding::ole_encryption, Action::converted);
            return modern;
        }
        if (reason_of(modern.error()) != Reason::convert_unreadable) return modern;
    }
    return refuse(Reason::input_encrypted);
}

// The suite opens no presentation with a password: it gets one without.
Result<Bytes> converted_slides(Job& job, const Conversion& conversion) {
    const Bytes plain = TRY(decrypted_slides(job));
    const MemorySource source(plain);
    Job open{source, job.out, job.type, job.context, job.name};
    TRY(look(open));
    job.context.found(Finding::ole_encryption, Action::converted);
    return converted(open, conversion);
}

struct Modern {
    Bytes bytes;
    Type type;
};

Result<Modern> modern_of(Job& job) {
    const auto row = std::ranges::find(rows, job.type, &Row::type);
    if (row == rows.end()) return refuse(Reason::type_unsupported);
    const Seen seen = TRY(look(job));
    Conversion conversion{seen.old ? row->old : row->from, row->to};
    conversion.now = last_saved(job).value_or(conversion.now);
    if (seen.encrypted && job.type == Type::ppt) return Modern{TRY(converted_slides(job, conversion)), row->result};
    return Modern{TRY(seen.encrypted ? decrypted(job, conversion) : converted(job, conversion)), row->result};
}

// What comes back from the converter says itself what it is, and must be what was asked for.
template <typename Format> Result<Type> as_modern(Job& job, Format format) {
    const Modern modern = TRY(modern_of(job));
    const MemorySource source(modern.bytes);
    Job next{source, job.out, modern.type, job.context, job.name};
    return format(next);
}

} // namespace

Result<Type> rebuild(Job& job) {
    return as_modern(job, ooxml::rebuild_converted);
}

Result<Type> text(Job& job) {
    return as_modern(job, ooxml::text);
}

} // namespace sekisho::legacy
