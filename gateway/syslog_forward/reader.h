// Follows the audit log's files from a place that survives restarts.
#pragma once

#include <string>
#include <vector>

#include "base/descriptor/descriptor.h"

namespace sekisho::syslog {

struct Cursor {
    std::uint64_t record = 0;      // sequence of the next record to send
    std::uint64_t checkpoints = 0; // bytes of the checkpoints file that were sent
    bool operator==(const Cursor&) const = default;
};

// A cursor of 0 if there is no file yet.
Result<Cursor> load_cursor(const std::string& path);
Result<> save_cursor(const std::string& path, const Cursor& cursor);

struct Item {
    std::string text;
    bool is_checkpoint = false;
    Cursor after; // the place behind it
};

class Reader {
public:
    Reader(std::string directory, const Cursor& cursor) : m_directory(std::move(directory)), m_cursor(cursor) {}
    // At most `most` further items, records first; empty if there is nothing new.
    Result<std::vector<Item>> next(std::size_t most);
    void go_back_to(const Cursor& cursor);

private:
    Result<> read_records(std::vector<Item>& items, std::size_t most);
    Result<> read_checkpoints(std::vector<Item>& items, std::size_t most);
    Result<bool> find_segment();

    std::string m_directory;
    Cursor m_cursor;
    std::string m_segment; // where the next record is, if known
    std::uint64_t m_offset = 0;
    bool m_found = false;
};

} // namespace sekisho::syslog
