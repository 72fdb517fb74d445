#include "gateway/syslog_forward/reader.h"

#include <algorithm>
#include <charconv>
#include <filesystem>

#include <fmt/format.h>

#include "gateway/audit/log.h"

namespace sekisho::syslog {

namespace {

constexpr std::size_t piece = 256 * 1024;

// {"sequence":N,... as the log writes every line.
std::uint64_t sequence_of(std::string_view line) {
    constexpr std::string_view start = "{\"sequence\":";
    std::uint64_t sequence = 0;
    if (line.starts_with(start)) std::from_chars(line.data() + start.size(), line.data() + line.size(), sequence);
    return sequence;
}

Result<std::string> first_line(const std::string& path) {
    const Descriptor file = TRY(open_read_only(path));
    Bytes bytes(16 * 1024);
    bytes.resize(TRY(read_at(file, 0, bytes)));
    const std::string_view text = as_text(bytes);
    const std::size_t end = text.find('\n');
    return end == std::string_view::npos ? std::string() : std::string(text.substr(0, end));
}

} // namespace

Result<Cursor> load_cursor(const std::string& path) {
    Cursor cursor;
    if (!std::filesystem::exists(path)) return cursor;
    const Bytes bytes = TRY(read_file(path, 256));
    const std::string_view text = as_text(bytes);
    const char* end = text.data() + text.size();
    const auto first = std::from_chars(text.data(), end, cursor.record);
    if (first.ec != std::errc() || first.ptr == end)
        return reject("syslog.cursor", "the cursor file is damaged", path, "Delete it to send everything again");
    std::from_chars(first.ptr + 1, end, cursor.checkpoints);
    return cursor;
}

Result<> save_cursor(const std::string& path, const Cursor& cursor) {
    return write_file_durably(path, as_view(fmt::format("{} {}\n", cursor.record, cursor.checkpoints)), 0600);
}

void Reader::go_back_to(const Cursor& cursor) {
    m_cursor = cursor;
    m_found = false;
}

Result<std::vector<Item>> Reader::next(std::size_t most) {
    std::vector<Item> items;
    TRY(read_records(items, most));
    if (items.empty()) TRY(read_checkpoints(items, most));
    return items;
}

// The last segment that begins at or before the wanted record; its lines before it are skipped once.
Result<bool> Reader::find_segment() {
    std::string found;
    for (const std::string& path : TRY(audit::segments_of(m_directory))) {
        const std::string line = TRY(first_line(path));
        if (line.empty() || sequence_of(line) > m_cursor.record) break;
        found = path;
    }
    if (found.empty()) return false;
    m_segment = found;
    m_offset = TRY(file_size(TRY(open_read_only(found))));
    bool beyond = false;
    TRY(audit::for_each_line(found, [&](std::string_view line, std::uint64_t offset) -> Result<> {
        if (beyond || sequence_of(line) < m_cursor.record) return {};
        beyond = true;
        m_offset = offset;
        return {};
    }));
    return beyond;
}

Result<> Reader::read_records(std::vector<Item>& items, std::size_t most) {
    if (!m_found) m_found = TRY(find_segment());
    if (!m_found) return {};
    const Descriptor file = TRY(open_read_only(m_segment));
    Bytes bytes(piece);
    bytes.resize(TRY(read_at(file, m_offset, bytes)));
    std::string_view text = as_text(bytes);
    for (std::size_t end = text.find('\n'); end != std::string_view::npos && items.size() < most;
         end = text.find('\n')) {
        m_cursor.record = sequence_of(text.substr(0, end)) + 1;
        items.push_back({std::string(text.substr(0, end)), false, m_cursor});
        m_offset += end + 1;
        text.remove_prefix(end + 1);
    }
    // At the end of a segment: the next one, if it is there, is looked for next time.
    if (items.empty()) m_found = false;
    return {};
}

Result<> Reader::read_checkpoints(std::vector<Item>& items, std::size_t most) {
    const std::string path = m_directory + "/checkpoints";
    if (!std::filesystem::exists(path)) return {};
    const Descriptor file = TRY(open_read_only(path));
    Bytes bytes(piece);
    bytes.resize(TRY(read_at(file, m_cursor.checkpoints, bytes)));
    std::string_view text = as_text(bytes);
    // A checkpoint is a body, an empty line, and one signature line.
    for (std::size_t body = text.find("\n\n"); body != std::string_view::npos && items.size() < most;
         body = text.find("\n\n")) {
        const std::size_t end = text.find('\n', body + 2);
        if (end == std::string_view::npos) return {};
        m_cursor.checkpoints += end + 1;
        items.push_back({std::string(text.substr(0, end + 1)), true, m_cursor});
        text.remove_prefix(end + 1);
    }
    return {};
}

} // namespace sekisho::syslog
