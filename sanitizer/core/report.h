// What was found in a file: closed codes, bounded counts, numbered places. The only text of the file that gets in here
// is a detail that a finding is about, in printable ASCII.
#pragma once

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "base/bytes/bytes.h"
#include "sanitizer/catalogue/catalogue.h"

namespace sekisho {

struct Step {
    Place place = Place::file;
    std::uint32_t number = 0; // counted from 1; 0 means "the whole"
    bool operator==(const Step&) const = default;
};

struct Path {
    static constexpr std::size_t longest = 4;
    std::array<Step, longest> steps{};
    std::uint8_t length = 0;
    bool operator==(const Path&) const = default;
};

// "member 2 / page 3"; "file" for an empty path.
std::string to_text(const Path& path);

// Words of the file in a form that shows nothing but itself: at most longest_detail characters from '!' to '~', every
// other byte as %XX, "..." at the end of what is cut. No line ends, no writing direction, no letters that look like
// others.
constexpr std::size_t longest_detail = 200;
std::string detail_of(View text);

struct Entry {
    Finding finding = Finding::none;
    Action action = Action::removed;
    Path path;
    std::uint32_t count = 1; // how often at this place
    std::string detail = {}; // of detail_of(); mostly empty
};

class Report {
public:
    static constexpr std::size_t most_entries = 96; // so that a result fits one message
    static constexpr std::size_t most_details = 16; // the same

    // Adds one, joining it to an equal entry; beyond most_entries only omitted() grows, and beyond most_details an
    // entry has none.
    void add(Finding finding, Action action, const Path& path, std::string detail = {});
    const std::vector<Entry>& entries() const { return m_entries; }
    std::uint32_t omitted() const { return m_omitted; }

    // How archives lie in one another: 0 for none, 1 for one, 2 for an archive in an archive; and how many files were
    // found in all of them.
    void note_archive(std::uint32_t depth) { m_archive_depth = std::max(m_archive_depth, depth); }
    void note_member() { ++m_archive_members; }
    std::uint32_t archive_depth() const { return m_archive_depth; }
    std::uint32_t archive_members() const { return m_archive_members; }

private:
    std::vector<Entry> m_entries;
    std::uint32_t m_omitted = 0;
    std::size_t m_details = 0;
    std::uint32_t m_archive_depth = 0;
    std::uint32_t m_archive_members = 0; // bounded by Limits::members
};

} // namespace sekisho
