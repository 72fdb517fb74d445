// File descriptors that close themselves, and the few ways this project makes one.
#pragma once

#include <cstdint>
#include <string>
#include <utility>

#include "base/bytes/bytes.h"

namespace sekisho {

class Descriptor {
public:
    Descriptor() = default;
    explicit Descriptor(int number) : m_number(number) {}
    Descriptor(Descriptor&& other) noexcept : m_number(std::exchange(other.m_number, -1)) {}
    Descriptor& operator=(Descriptor&& other) noexcept;
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    ~Descriptor() { close(); }

    int get() const { return m_number; }
    bool valid() const { return m_number >= 0; }
    int release() { return std::exchange(m_number, -1); }
    void close();
    Result<Descriptor> duplicate() const;

private:
    int m_number = -1;
};

struct Pipe {
    Descriptor read_end;
    Descriptor write_end;
};

Result<Pipe> make_pipe();
// An anonymous memory file that can be sealed.
Result<Descriptor> make_memory_file(const char* name);
// Forbids every further change: after this no holder of any descriptor can write, grow or shrink it.
// Fails while a writable mapping exists.
Result<> seal(const Descriptor& memory_file);
bool is_sealed(const Descriptor& memory_file);
// O_RDONLY | O_NOFOLLOW | O_CLOEXEC.
Result<Descriptor> open_read_only(const std::string& path);
// A new read-only open file for the same inode, through /proc/self/fd.
Result<Descriptor> reopen_read_only(const Descriptor& descriptor);

Result<std::uint64_t> file_size(const Descriptor& descriptor);
// Reads exactly up to `into.size()` bytes; fewer only at the end of the file.
Result<std::size_t> read_at(const Descriptor& descriptor, std::uint64_t offset, std::span<std::uint8_t> into);
// One read(2), restarted on EINTR; 0 at the end.
Result<std::size_t> read_some(const Descriptor& descriptor, std::span<std::uint8_t> into);
// Blocking write of everything.
Result<> write_all(const Descriptor& descriptor, View view);
// Reads a whole file of at most `limit` bytes; a reject "input.too-large" beyond it.
Result<Bytes> read_file(const std::string& path, std::uint64_t limit);
// Writes a new file beside `path`, syncs it, renames it over `path` and syncs the directory. `mode` as chmod.
Result<> write_file_durably(const std::string& path, View view, unsigned mode);
Result<> sync_directory(const std::string& path);

// A read-only private mapping; empty for an empty file.
class Mapping {
public:
    static Result<Mapping> of(const Descriptor& descriptor, std::uint64_t size);
    Mapping() = default;
    Mapping(Mapping&& other) noexcept : m_view(std::exchange(other.m_view, {})) {}
    Mapping& operator=(Mapping&& other) noexcept;
    ~Mapping();
    View view() const { return m_view; }

private:
    View m_view;
};

} // namespace sekisho
