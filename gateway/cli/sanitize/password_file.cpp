#include "gateway/cli/sanitize/password_file.h"

#include <fmt/format.h>

#include "base/descriptor/descriptor.h"
#include "sanitizer/worker/protocol.h"

namespace sekisho::cli {

Result<std::vector<std::string>> passwords_of_file(const std::string& path) {
    using worker::Sanitize;
    constexpr std::uint64_t largest_file = 64 * 1024;
    const Bytes bytes = TRY(read_file(path, largest_file));
    std::string_view text = as_text(bytes);
    if (text.starts_with("\xef\xbb\xbf")) text.remove_prefix(3);
    std::vector<std::string> passwords;
    while (!text.empty()) {
        const std::size_t end = text.find('\n');
        std::string_view line = text.substr(0, end);
        text.remove_prefix(end == text.npos ? text.size() : end + 1);
        if (line.ends_with('\r')) line.remove_suffix(1);
        if (line.empty()) continue;
        if (line.size() > Sanitize::longest_password)
            return reject("usage", fmt::format("a password is longer than {} bytes", Sanitize::longest_password), path);
        passwords.emplace_back(line);
    }
    if (passwords.size() > Sanitize::most_passwords)
        return reject("usage", fmt::format("there are more than {} passwords", Sanitize::most_passwords), path,
                      "Name one password a line, at most ten");
    return passwords;
}

} // namespace sekisho::cli
