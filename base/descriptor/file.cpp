#include "base/descriptor/descriptor.h"

#include <cerrno>
#include <cstdio>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fmt/format.h>

namespace sekisho {

namespace {

std::string directory_of(const std::string& path) {
    const std::size_t slash = path.rfind('/');
    if (slash == std::string::npos) return ".";
    return slash == 0 ? "/" : path.substr(0, slash);
}

} // namespace

Result<Bytes> read_file(const std::string& path, std::uint64_t limit) {
    const Descriptor file = TRY(open_read_only(path));
    const std::uint64_t size = TRY(file_size(file));
    if (size > limit)
        return reject("input.too-large", fmt::format("the file has {} bytes; at most {} are allowed", size, limit),
                      path);
    Bytes bytes(size);
    const std::size_t count = TRY(read_at(file, 0, bytes));
    bytes.resize(count);
    return bytes;
}

Result<> sync_directory(const std::string& path) {
    const Descriptor directory(open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!directory.valid()) return fail_errno("file.open", "open a directory", path);
    if (fsync(directory.get()) != 0) return fail_errno("file.sync", "sync a directory", path);
    return {};
}

Result<> write_file_durably(const std::string& path, View view, unsigned mode) {
    const std::string beside = fmt::format("{}.new.{}", path, getpid());
    const Descriptor file(open(beside.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, mode));
    if (!file.valid()) return fail_errno("file.create", "create", beside);
    TRY(write_all(file, view));
    if (fchmod(file.get(), mode) != 0) return fail_errno("file.mode", "set the mode", beside);
    if (fsync(file.get()) != 0) return fail_errno("file.sync", "sync", beside);
    if (rename(beside.c_str(), path.c_str()) != 0) return fail_errno("file.rename", "rename", path);
    return sync_directory(directory_of(path));
}

} // namespace sekisho
