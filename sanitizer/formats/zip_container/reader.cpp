#include <algorithm>
#include <new>
#include <numeric>
#include <utility>

#include "sanitizer/formats/zip_container/directory.h"

namespace sekisho {

namespace {

using zip_detail::End;
using zip_detail::Member;

// Members in the order of the file must not share a byte; that none reaches into the directory, check_local() has seen.
Result<> check_layout(const std::vector<Member>& members, const End& end, ZipReader::Quirks& quirks) {
    std::vector<const Member*> by_place;
    by_place.reserve(members.size());
    for (const Member& member : members) by_place.push_back(&member);
    std::ranges::sort(by_place, {}, &Member::local);
    std::uint64_t free_from = end.base;
    for (const Member* member : by_place) {
        if (member->local < free_from) return refuse(Reason::zip_overlap);
        if (member->local > free_from) (member == by_place.front() ? quirks.bytes_before : quirks.gaps) = true;
        free_from = member->end;
    }
    if (free_from < end.directory) quirks.gaps = true;
    return {};
}

// The sum of what the members declare, against the file that holds them.
Result<> check_declared(const std::vector<Member>& members, const Source& in, const Budget& budget) {
    std::uint64_t sum = 0;
    for (const Member& member : members) {
        if (member.entry.unpacked > UINT64_MAX - sum) return refuse(Reason::limit_bytes);
        sum += member.entry.unpacked;
    }
    if (sum > budget.limits().bytes_unpacked) return refuse(Reason::limit_bytes);
    return budget.check_ratio(in.size(), sum);
}

} // namespace

Result<ZipReader> ZipReader::open(const Source& in, Budget& budget, std::span<const std::uint64_t> parts) try {
    const End end = TRY(zip_detail::find_end(in, parts));
    TRY(budget.take_members(end.count));
    ZipReader reader;
    reader.m_in = &in;
    reader.m_budget = &budget;
    reader.m_quirks = {.bytes_before = end.base != 0 && end.disks.empty(),
                       .bytes_after = end.bytes_after,
                       .comment = end.comment,
                       .gaps = end.gap};
    auto members = TRY(zip_detail::read_directory(in, end, reader.m_quirks.comment));
    for (Member& member : members) {
        TRY(budget.check_time());
        TRY(zip_detail::check_local(in, end, member));
    }
    TRY(check_layout(members, end, reader.m_quirks));
    TRY(check_declared(members, in, budget));
    reader.m_entries.reserve(members.size());
    for (Member& member : members) reader.m_entries.push_back(std::move(member.entry));
    reader.m_by_name.resize(reader.m_entries.size());
    std::iota(reader.m_by_name.begin(), reader.m_by_name.end(), 0U);
    std::ranges::sort(reader.m_by_name, {}, [&](std::uint32_t i) {
        return std::pair<std::string_view, std::uint32_t>(reader.m_entries[i].raw_name, i);
    });
    return reader;
} catch (const std::bad_alloc&) {
    return refuse(Reason::limit_memory);
}

const ZipEntry* ZipReader::find(std::string_view raw_name) const {
    const auto name_at = [&](std::uint32_t i) -> std::string_view { return m_entries[i].raw_name; };
    const auto found = std::ranges::lower_bound(m_by_name, raw_name, {}, name_at);
    return found != m_by_name.end() && name_at(*found) == raw_name ? &m_entries[*found] : nullptr;
}

} // namespace sekisho
