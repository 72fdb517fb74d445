#include "base/descriptor/descriptor.h"

#include <cerrno>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fmt/format.h>

namespace sekisho {

Descriptor& Descriptor::operator=(Descriptor&& other) noexcept {
    if (this != &other) {
        close();
        m_number = std::exchange(other.m_number, -1);
    }
    return *this;
}

void Descriptor::close() {
    if (m_number >= 0) ::close(std::exchange(m_number, -1));
}

Result<Descriptor> Descriptor::duplicate() const {
    const int copy = fcntl(m_number, F_DUPFD_CLOEXEC, 3);
    if (copy < 0) return fail_errno("descriptor.duplicate", "duplicate a descriptor");
    return Descriptor(copy);
}

Result<Pipe> make_pipe() {
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0) return fail_errno("descriptor.pipe", "make a pipe");
    return Pipe{Descriptor(ends[0]), Descriptor(ends[1])};
}

Result<Descriptor> make_memory_file(const char* name) {
    Descriptor file(memfd_create(name, MFD_CLOEXEC | MFD_ALLOW_SEALING));
    if (!file.valid()) return fail_errno("descriptor.memory-file", "make a memory file");
    return file;
}

constexpr int all_seals = F_SEAL_SEAL | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE;

Result<> seal(const Descriptor& memory_file) {
    if (fcntl(memory_file.get(), F_ADD_SEALS, all_seals) != 0)
        return fail_errno("descriptor.seal", "seal a memory file");
    return {};
}

bool is_sealed(const Descriptor& memory_file) {
    const int seals = fcntl(memory_file.get(), F_GET_SEALS);
    return seals >= 0 && (seals & all_seals) == all_seals;
}

Result<Descriptor> open_read_only(const std::string& path) {
    Descriptor file(open(path.c_str(), O_RDONLY | O_NOFOLLOW | O_CLOEXEC));
    if (!file.valid()) return fail_errno("file.open", "open for reading", path);
    return file;
}

Result<Descriptor> reopen_read_only(const Descriptor& descriptor) {
    const std::string path = fmt::format("/proc/self/fd/{}", descriptor.get());
    Descriptor file(open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (!file.valid()) return fail_errno("file.reopen", "reopen a descriptor for reading");
    return file;
}

Result<std::uint64_t> file_size(const Descriptor& descriptor) {
    struct stat status {};
    if (fstat(descriptor.get(), &status) != 0) return fail_errno("file.stat", "ask for a file's size");
    return static_cast<std::uint64_t>(status.st_size);
}

Result<std::size_t> read_at(const Descriptor& descriptor, std::uint64_t offset, std::span<std::uint8_t> into) {
    std::size_t done = 0;
    while (done < into.size()) {
        const ssize_t count =
            pread(descriptor.get(), into.data() + done, into.size() - done, static_cast<off_t>(offset + done));
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) return fail_errno("file.read", "read");
        if (count == 0) break;
        done += static_cast<std::size_t>(count);
    }
    return done;
}

Result<std::size_t> read_some(const Descriptor& descriptor, std::span<std::uint8_t> into) {
    for (;;) {
        const ssize_t count = read(descriptor.get(), into.data(), into.size());
        if (count >= 0) return static_cast<std::size_t>(count);
        if (errno != EINTR) return fail_errno("file.read", "read");
    }
}

Result<> write_all(const Descriptor& descriptor, View view) {
    while (!view.empty()) {
        const ssize_t count = write(descriptor.get(), view.data(), view.size());
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) return fail_errno("file.write", "write");
        view = view.subspan(static_cast<std::size_t>(count));
    }
    return {};
}

Result<Mapping> Mapping::of(const Descriptor& descriptor, std::uint64_t size) {
    Mapping mapping;
    if (size == 0) return mapping;
    void* address = mmap(nullptr, size, PROT_READ, MAP_PRIVATE, descriptor.get(), 0);
    if (address == MAP_FAILED) return fail_errno("file.map", "map a file");
    mapping.m_view = View(static_cast<const std::uint8_t*>(address), size);
    return mapping;
}

Mapping& Mapping::operator=(Mapping&& other) noexcept {
    std::swap(m_view, other.m_view);
    return *this;
}

Mapping::~Mapping() {
    if (!m_view.empty()) munmap(const_cast<std::uint8_t*>(m_view.data()), m_view.size());
}

} // namespace sekisho
