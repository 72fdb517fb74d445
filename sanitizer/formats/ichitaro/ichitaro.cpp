#include "sanitizer/formats/ichitaro/ichitaro.h"

#include <new>

#include "sanitizer/formats/compound_file/compound_file.h"
#include "sanitizer/formats/ichitaro/blocks.h"
#include "sanitizer/formats/ichitaro/words.h"
#include "sanitizer/formats/text/whole.h"

namespace sekisho::ichitaro {

namespace {

constexpr std::string_view body = "DocumentText";

// Sheets beside the first: ObjectSheets/DocSheet/DOCS_0001/DocumentText.
std::vector<std::uint32_t> bodies_of(const CompoundFile& file) {
    std::vector<std::uint32_t> made;
    const auto add = [&](std::uint32_t storage) {
        const auto stream = file.child(storage, body);
        if (stream && !file.entry(*stream).storage) made.push_back(*stream);
    };
    const auto inner = [&](std::uint32_t storage, std::string_view name) -> std::optional<std::uint32_t> {
        const auto found = file.child(storage, name);
        return found && file.entry(*found).storage ? found : std::nullopt;
    };
    add(CompoundFile::root);
    const auto sheets = inner(CompoundFile::root, "ObjectSheets");
    const auto list = sheets ? inner(*sheets, "DocSheet") : std::nullopt;
    if (!list) return made;
    for (const std::uint32_t sheet : file.entry(*list).children)
        if (file.entry(sheet).storage) add(sheet);
    return made;
}

bool holds_programs(const CompoundFile& file) {
    for (std::uint32_t i = 0; i < file.count(); ++i) {
        const CompoundFile::Entry& entry = file.entry(i);
        if (!entry.storage && entry.name == "MacrosStream" && entry.size > 0) return true;
        if (entry.storage && (entry.name.starts_with("Embedding ") || entry.name.starts_with("OleItem "))) return true;
    }
    return false;
}

Result<Type> run(Job& job) {
    Context& context = job.context;
    const CompoundFile file = TRY(CompoundFile::open(job.in, context.budget()));
    std::string utf8, first;
    bool unknown = false;
    for (const std::uint32_t stream : bodies_of(file)) {
        TRY(context.budget().check_time());
        Words words = words_of(TRY(units_of(TRY(file.read(stream)))));
        unknown = unknown || words.unknown;
        if (words.utf8 == first) continue; // the first sheet may be there twice
        if (first.empty()) first = words.utf8;
        utf8 += words.utf8;
        if (!utf8.empty() && utf8.back() != '\n') utf8 += '\n';
    }
    text::Whole whole;
    text::clean_again(utf8, whole);
    if (utf8.find_first_not_of(" \t\n") == utf8.npos) return refuse(Reason::jtd_no_text);
    text::note(context, whole);
    context.found(Finding::jtd_text_only, Action::converted);
    if (unknown) context.found(Finding::jtd_unknown, Action::removed);
    if (holds_programs(file)) context.found(Finding::jtd_macro, Action::removed);
    TRY(context.budget().take_unpacked(utf8.size()));
    TRY(job.out.write(std::string_view(utf8)));
    return Type::text;
}

} // namespace

Result<Type> text(Job& job) try { return run(job); } catch (const std::bad_alloc&) {
    return refuse(Reason::limit_memory);
}

} // namespace sekisho::ichitaro
