#include "base/error/error.h"

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <system_error>

#include <fmt/format.h>

namespace sekisho {

std::unexpected<Error> fail_errno(std::string code, std::string_view doing, std::string where) {
    const int number = errno;
    return fail(std::move(code), fmt::format("{}: {}", doing, std::generic_category().message(number)),
                std::move(where));
}

std::string to_line(const Error& error) {
    std::string line = fmt::format("{}: {}", error.code, error.message);
    if (!error.where.empty()) line += fmt::format(" ({})", error.where);
    if (!error.help.empty()) line += fmt::format(". {}", error.help);
    return line;
}

void bug(std::string_view what) {
    fmt::print(stderr, "bug: {}\n", what);
    std::abort();
}

} // namespace sekisho
