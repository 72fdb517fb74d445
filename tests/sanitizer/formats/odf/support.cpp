#include "tests/sanitizer/formats/odf/support.h"

#include <zip.h>

#include <algorithm>

#include "sanitizer/formats/ooxml/placeholder.h"
#include "sanitizer/verify/odf/odf.h"

namespace sekisho::tests {

namespace {

Result<> accept(Type, const Source&, const Limits&) {
    return {};
}

// Pictures that begin like PNG or JPEG pass as they are, a Windows metafile is drawn, anything else is refused.
Result<Type> nested_stand_in(const Source& in, Sink& out, std::string_view, Context&) {
    const View view = TRY(in.whole(1ULL << 30));
    if (starts_with(view, "\xD7\xCD\xC6\x9A")) {
        TRY(out.write(ooxml::placeholder_png));
        return Type::png;
    }
    if (!starts_with(view, "\x89PNG") && !starts_with(view, "\xFF\xD8")) return refuse(Reason::type_unsupported);
    TRY(out.write(view));
    return starts_with(view, "\x89PNG") ? Type::png : Type::jpeg;
}

Members unpack(View package) {
    Members members;
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t* source = zip_source_buffer_create(package.data(), package.size(), 0, &error);
    zip_t* archive = source ? zip_open_from_source(source, ZIP_CHECKCONS | ZIP_RDONLY, &error) : nullptr;
    EXPECT_NE(archive, nullptr) << zip_error_strerror(&error);
    if (!archive) return members;
    for (zip_uint64_t i = 0; i < static_cast<zip_uint64_t>(zip_get_num_entries(archive, 0)); ++i) {
        zip_stat_t stat;
        if (zip_stat_index(archive, i, 0, &stat) != 0) continue;
        std::string content(stat.size, '\0');
        zip_file_t* file = zip_fopen_index(archive, i, 0);
        EXPECT_NE(file, nullptr) << stat.name;
        if (!file) continue;
        EXPECT_EQ(zip_fread(file, content.data(), stat.size), static_cast<zip_int64_t>(stat.size)) << stat.name;
        zip_fclose(file);
        EXPECT_TRUE(members.emplace(stat.name, std::move(content)).second) << "twice: " << stat.name;
    }
    zip_discard(archive);
    return members;
}

} // namespace

bool Outcome::found(Finding finding) const {
    return std::ranges::any_of(entries, [&](const Entry& entry) { return entry.finding == finding; });
}

bool Outcome::is_gone(std::string_view words) const {
    return std::ranges::none_of(members, [&](const auto& member) {
        return member.second.find(words) != std::string::npos || member.first.find(words) != std::string::npos;
    });
}

const std::string& Outcome::member(const std::string& name) const {
    static const std::string none;
    const auto found = members.find(name);
    if (found != members.end()) return found->second;
    ADD_FAILURE() << "no member " << name;
    return none;
}

Outcome rebuilt(View input) {
    Outcome outcome;
    Bench first(Level::rebuild, {}, nested_stand_in);
    outcome.type = first.run(odf::rebuild, Type::odt, input);
    outcome.entries = first.report.entries();
    if (!outcome.type) return outcome;
    outcome.bytes = first.out.bytes();
    outcome.members = unpack(outcome.bytes);
    const auto good = verify::odf(*outcome.type, MemorySource(outcome.bytes), {}, accept);
    EXPECT_TRUE(good) << to_line(good.error());
    Bench second(Level::rebuild, {}, nested_stand_in);
    const auto again = second.run(odf::rebuild, *outcome.type, outcome.bytes);
    EXPECT_TRUE(again) << to_line(again.error());
    for (const Entry& entry : second.report.entries()) ADD_FAILURE() << "again: " << row_of(entry.finding).code;
    EXPECT_EQ(second.out.bytes(), outcome.bytes);
    return outcome;
}

Outcome rebuilt(const Sample& sample) {
    const Bytes bytes = sample.bytes();
    Outcome outcome = rebuilt(bytes);
    EXPECT_TRUE(outcome.type) << to_line(outcome.type.error());
    return outcome;
}

std::string refusal(View input, const Limits& limits) {
    Bench bench(Level::rebuild, limits, nested_stand_in);
    const auto type = bench.run(odf::rebuild, Type::odt, input);
    return type ? "delivered" : type.error().code;
}

std::string png() {
    return std::string(as_text(ooxml::placeholder_png));
}

} // namespace sekisho::tests
