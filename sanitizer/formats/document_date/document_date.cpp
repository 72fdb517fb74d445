#include "sanitizer/formats/document_date/document_date.h"

#include <algorithm>
#include <charconv>
#include <chrono>

#include "sanitizer/formats/compound_file/compound_file.h"
#include "sanitizer/formats/zip_container/zip.h"

namespace sekisho {

namespace {

using Seconds = std::optional<std::int64_t>;

// 1 January 1980 and 2100: no program for such documents is older, and the suite's formulas know later dates no better.
constexpr std::int64_t earliest = 315'532'800, latest = 4'102'444'800;
// Of a package's part and of a stream. Office writes some hundred bytes.
constexpr std::uint64_t longest = 256 * 1024;

// Takes a number of so many digits, and a mark in front of it if there is one to be, off the start.
std::optional<int> take_number(std::string_view& text, std::size_t digits, std::string_view mark = {}) {
    if (!text.starts_with(mark) || text.size() < mark.size() + digits) return std::nullopt;
    const char* start = text.data() + mark.size();
    int value = 0;
    if (std::from_chars(start, start + digits, value).ptr != start + digits || value < 0) return std::nullopt;
    text.remove_prefix(mark.size() + digits);
    return value;
}

// Seconds east of Greenwich. OpenDocument names no zone and means the writer's own, which is Japan.
int zone_of(std::string_view text) {
    constexpr int hour = 3600, japan = 9 * hour;
    const std::size_t at = text.find_first_of("Z+-");
    if (at == text.npos) return japan;
    if (text[at] == 'Z') return 0;
    const int sign = text[at] == '-' ? -1 : 1;
    text.remove_prefix(at + 1);
    const auto hours = take_number(text, 2), minutes = take_number(text, 2, ":");
    return hours && minutes ? sign * (*hours * hour + *minutes * 60) : 0;
}

// W3CDTF, as 2024-04-01T08:30:00Z
Seconds from_text(std::string_view text) {
    using namespace std::chrono;
    const auto years = take_number(text, 4), months = take_number(text, 2, "-"), days = take_number(text, 2, "-");
    if (!years || !months || !days) return std::nullopt;
    const year_month_day date(year(*years), month(static_cast<unsigned>(*months)), day(static_cast<unsigned>(*days)));
    if (!date.ok()) return std::nullopt;
    const auto hour = take_number(text, 2, "T"), minute = take_number(text, 2, ":"), second = take_number(text, 2, ":");
    const seconds of_day = hours(hour.value_or(0)) + minutes(minute.value_or(0)) + seconds(second.value_or(0));
    return (sys_days(date).time_since_epoch() + of_day).count() - zone_of(text);
}

// The first element of that name, whatever the rest of the XML is.
Seconds from_element(std::string_view xml, std::string_view name) {
    const std::size_t start = xml.find(name), end = xml.find('>', std::min(start, xml.size()));
    if (end == xml.npos) return std::nullopt;
    const std::string_view rest = xml.substr(end + 1);
    return from_text(rest.substr(0, rest.find('<')));
}

Result<Seconds> from_package(const Job& job) {
    const ZipReader zip = TRY(ZipReader::open(job.in, job.context.budget()));
    struct Part {
        std::string_view name, element;
    };
    for (const Part& part : {Part{"docProps/core.xml", "<dcterms:modified"}, Part{"meta.xml", "<dc:date"}}) {
        const ZipEntry* entry = zip.find(part.name);
        if (entry && entry->unpacked <= longest) return from_element(as_text(TRY(zip.read(*entry))), part.element);
    }
    return Seconds{};
}

// [MS-OLEPS] 2.21: PropertySetStream with one PropertySet; 2.20: its properties.
Result<Seconds> from_summary(View stream) {
    constexpr std::uint32_t last_save = 0x0D, file_time = 0x40; // PIDSI_LASTSAVE_DTM, VT_FILETIME
    constexpr std::size_t offset_of_set = 44;
    ByteReader reader(stream);
    TRY(reader.seek(offset_of_set));
    const std::size_t set = TRY(reader.u32le());
    TRY(reader.seek(set));
    TRY(reader.skip(4));
    for (std::uint32_t left = TRY(reader.u32le()); left > 0; --left) {
        const std::uint32_t which = TRY(reader.u32le()), offset = TRY(reader.u32le());
        if (which != last_save) continue;
        TRY(reader.seek(set));
        TRY(reader.skip(offset));
        if (TRY(reader.u32le()) != file_time) return Seconds{};
        // Units of 100 ns since 1601
        constexpr std::int64_t units = 10'000'000, from_1601_to_1970 = 11'644'473'600;
        return Seconds{static_cast<std::int64_t>(TRY(reader.u64le()) / units) - from_1601_to_1970};
    }
    return Seconds{};
}

Result<Seconds> from_compound_file(const Job& job) {
    const CompoundFile file = TRY(CompoundFile::open(job.in, job.context.budget()));
    const auto index = file.child(CompoundFile::root, "\5SummaryInformation");
    if (!index || file.entry(*index).storage || file.entry(*index).size > longest) return Seconds{};
    return from_summary(TRY(file.read(*index)));
}

Result<Seconds> from_xml(const Job& job, std::string_view element) {
    return from_element(as_text(TRY(job.in.whole(job.context.limits().bytes_in_memory))), element);
}

Result<Seconds> said(const Job& job) {
    switch (job.type) {
    case Type::doc:
    case Type::xls:
    case Type::ppt:
        return from_compound_file(job);
    case Type::word_xml:
    case Type::excel_xml:
        return from_xml(job, "LastSaved>");
    case Type::flat_opc:
        return from_xml(job, "<dcterms:modified");
    case Type::rtf:
    case Type::html:
    case Type::svg:
        return Seconds{};
    default:
        return from_package(job);
    }
}

} // namespace

std::optional<std::int64_t> last_saved(const Job& job) {
    const auto seconds = said(job);
    if (!seconds || !*seconds || **seconds < earliest || **seconds >= latest) return std::nullopt;
    return *seconds;
}

} // namespace sekisho
