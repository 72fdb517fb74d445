// Archives made by real programs (7z, tar, gcab, gzip, ...) where there are such, byte by byte where nothing free makes
// them (RAR, LZH).
#pragma once

#include <string>
#include <vector>

#include "base/bytes/bytes.h"

namespace sekisho::tests {

// A folder that goes with it. The programs run in it.
class Workbench {
public:
    Workbench();
    ~Workbench();
    Workbench(const Workbench&) = delete;
    Workbench& operator=(const Workbench&) = delete;

    // `name` may have folders.
    void write(const std::string& name, std::string_view content) const;
    std::string read(const std::string& name) const;
    // True if the command ended with 0. Its words go to `words`, if given.
    bool run(const std::string& command, std::string* words = nullptr) const;
    const std::string& path() const { return m_path; }

private:
    std::string m_path;
};

struct Stored {
    std::string name;
    std::string content;
    bool utf8 = true;
    bool crc = true; // RAR 5: it has one
};

// RAR 4 and 5 with stored members; `flags` are those of the main header (1: one of several volumes).
std::string rar4(const std::vector<Stored>& members, std::uint16_t flags = 0);
std::string rar5(const std::vector<Stored>& members, std::uint8_t flags = 0);
// One stored member across as many volumes as there are pieces (".part1.rar", ...).
std::vector<std::string> rar5_volumes(const std::string& name, const std::vector<std::string>& pieces);
// A symbolic link within a RAR 5.
std::string rar5_link(const std::string& name, const std::string& target);
// LHA level 0 headers, stored (-lh0-).
std::string lzh(const std::vector<Stored>& members);

} // namespace sekisho::tests
