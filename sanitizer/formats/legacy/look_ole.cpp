#include <algorithm>
#include <array>

#include "sanitizer/formats/compound_file/compound_file.h"
#include "sanitizer/formats/legacy/look.h"

namespace sekisho::legacy {

namespace {

struct Telling {
    std::string_view name; // of a stream or storage anywhere in the file
    Finding finding;
};

constexpr std::array names{
    Telling{"Macros", Finding::ole_word_macro},
    Telling{"_VBA_PROJECT_CUR", Finding::ole_excel_macro},
    Telling{"\1Ole10Native", Finding::ole_embedding},
    Telling{"Equation Native", Finding::ole_equation},
    Telling{"Ctls", Finding::ole_activex},
    Telling{"\3OCXNAME", Finding::ole_activex},
    Telling{"\3OCXDATA", Finding::ole_activex},
    Telling{"_signatures", Finding::ole_signature},
    Telling{"_xmlsignatures", Finding::ole_signature},
};
// {0002CE02-0000-0000-C000-000000000046}: Equation Editor 3
constexpr std::array<std::uint8_t, 16> equation_class{0x02, 0xce, 0x02, 0, 0, 0, 0, 0, 0xc0, 0, 0, 0, 0, 0, 0, 0x46};

// PowerPoint keeps what it has of Word's storage, and tells its own macros elsewhere.
bool is_about(Finding finding, Type type) {
    return finding != Finding::ole_word_macro || type == Type::doc;
}

void look_at_names(const CompoundFile& file, Job& job) {
    for (std::uint32_t i = 1; i < file.count(); ++i) {
        const CompoundFile::Entry& entry = file.entry(i);
        for (const Telling& telling : names)
            if (entry.name == telling.name && is_about(telling.finding, job.type))
                job.context.found(telling.finding, Action::removed);
        if (entry.storage && entry.class_id == equation_class)
            job.context.found(Finding::ole_equation, Action::removed);
    }
    // Each object of a Word document is a storage there.
    const auto pool = file.child(CompoundFile::root, "ObjectPool");
    const std::size_t objects = pool ? file.entry(*pool).children.size() : 0;
    for (std::size_t i = 0; i < objects; ++i) job.context.found(Finding::ole_embedding, Action::removed);
}

Result<std::optional<Bytes>> stream_of(const CompoundFile& file, std::string_view name) {
    const auto index = file.child(CompoundFile::root, name);
    if (!index || file.entry(*index).storage) return std::nullopt;
    return TRY(file.read(*index));
}

// [MS-DOC] 2.5.2: FibBase
Result<Seen> look_at_word(const CompoundFile& file, Job& job) {
    const auto stream = TRY(stream_of(file, "WordDocument"));
    if (!stream) return refuse(Reason::ole_damaged);
    ByteReader reader(*stream);
    TRY(reader.skip(2));
    constexpr std::uint16_t first_of_97 = 0x00C1;
    const bool old = TRY(reader.u16le()) < first_of_97;
    TRY(reader.skip(6));
    constexpr std::uint16_t is_encrypted = 0x0100;
    const bool encrypted = (TRY(reader.u16le()) & is_encrypted) != 0;
    if (!encrypted) look_at_fields(job.context, *stream);
    return Seen{encrypted, old};
}

Result<Seen> look_at_excel(const CompoundFile& file, Job& job) {
    auto stream = TRY(stream_of(file, "Workbook"));
    if (!stream) stream = TRY(stream_of(file, "Book"));
    if (!stream) return refuse(Reason::ole_damaged);
    return look_at_workbook(job.context, *stream);
}

// [MS-PPT] 2.3.2: CurrentUserAtom
Result<Seen> look_at_powerpoint(const CompoundFile& file, Job& job) {
    constexpr std::uint32_t encrypted_token = 0xF3D1C4DF;
    const auto user = TRY(stream_of(file, "Current User"));
    bool encrypted = false;
    if (user) {
        ByteReader reader(*user);
        TRY(reader.skip(12));
        encrypted = TRY(reader.u32le()) == encrypted_token;
    }
    const auto stream = TRY(stream_of(file, "PowerPoint Document"));
    if (!stream) return refuse(Reason::ole_damaged);
    if (!encrypted) TRY(look_at_slides(job.context, *stream));
    return Seen{encrypted, false};
}

Result<Seen> look_by_kind(const CompoundFile& file, Job& job) {
    if (job.type == Type::doc) return look_at_word(file, job);
    return job.type == Type::xls ? look_at_excel(file, job) : look_at_powerpoint(file, job);
}

} // namespace

Result<Seen> look_at_compound_file(Job& job) {
    const CompoundFile file = TRY(CompoundFile::open(job.in, job.context.budget()));
    const Seen seen = TRY(look_by_kind(file, job));
    look_at_names(file, job);
    if (seen.old) job.context.found(Finding::ole_old_version, Action::converted);
    return seen;
}

} // namespace sekisho::legacy
