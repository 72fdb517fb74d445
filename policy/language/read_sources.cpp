#include "policy/language/read_sources.h"

#include <algorithm>
#include <cerrno>
#include <optional>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>

#include "base/descriptor/descriptor.h"
#include "policy/language/parser.h"

namespace sekisho::policy {

namespace {

// An empty text if there is no such file and there need not be one.
Result<std::optional<std::string>> read_beside(const Descriptor& folder, const std::string& name) {
    // Not blocking: opening a pipe must not wait for somebody to write.
    const Descriptor file(::openat(folder.get(), name.c_str(), O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK));
    if (!file.valid() && errno == ENOENT) return std::nullopt;
    if (!file.valid()) return fail_errno("policy.unreadable", "opening a policy file", name);
    struct stat status {};
    if (::fstat(file.get(), &status) != 0) return fail_errno("policy.unreadable", "looking at a policy file", name);
    if (!S_ISREG(status.st_mode)) return reject("policy.unreadable", "a policy file is no ordinary file", name);
    Bytes bytes(source_bytes_max + 1);
    bytes.resize(TRY(read_at(file, 0, bytes)));
    return std::string(as_text(bytes));
}

class Reader {
public:
    explicit Reader(Descriptor folder) : m_folder(std::move(folder)) {}

    Result<Sources> run(const std::string& main) {
        auto text = TRY(read_beside(m_folder, main));
        if (!text) return fail("policy.unreadable", "there is no such policy file", main);
        m_sources.push_back({main, std::move(*text)});
        // A file that is added at the end is looked at in its turn.
        for (std::size_t i = 0; i < m_sources.size(); ++i) TRY(includes_of(i));
        return std::move(m_sources);
    }

private:
    Result<> includes_of(std::size_t index) {
        m_bytes += m_sources[index].text.size();
        Problems problems;
        const Source source("", m_sources[index].text);
        for (const Include& include : parse(source, problems).includes) {
            const std::string& name = include.file.text;
            // One more than may be is enough to be told so.
            if (m_sources.size() > sources_max || m_bytes > sources_bytes_max) return {};
            if (!is_file_name(name) || std::ranges::find(m_sources, name, &SourceText::name) != m_sources.end())
                continue;
            auto text = TRY(read_beside(m_folder, name));
            if (text) m_sources.push_back({name, std::move(*text)});
        }
        return {};
    }

    Descriptor m_folder;
    Sources m_sources;
    std::size_t m_bytes = 0;
};

} // namespace

Result<Sources> read_sources(const std::string& path) {
    const std::size_t slash = path.rfind('/');
    const std::string folder = slash == std::string::npos ? "." : path.substr(0, slash + 1);
    Descriptor opened(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!opened.valid()) return fail_errno("policy.unreadable", "opening the folder of a policy", folder);
    return Reader(std::move(opened)).run(slash == std::string::npos ? path : path.substr(slash + 1));
}

} // namespace sekisho::policy
