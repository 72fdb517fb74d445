// The one error type. Three words that are never mixed:
//   reject - the input is bad; asking again with the same input gives the same answer
//   fail   - the environment is bad (disk, peer, memory); asking again later may work
//   bug    - we are wrong; the process aborts (see bug() below)
#pragma once

#include <cstdint>
#include <expected>
#include <string>
#include <string_view>
#include <utility>

namespace sekisho {

enum class ErrorKind : std::uint8_t { reject, fail };

struct Error {
    ErrorKind kind = ErrorKind::fail;
    std::string code;    // stable, from a table: "limit.bytes", "journal.unwritable"
    std::string message; // one line, for a person
    std::string where;   // file:line:column, part, path; may be empty
    std::string help;    // what to do next; may be empty
};

template <typename T = void> using Result = std::expected<T, Error>;

inline std::unexpected<Error> reject(std::string code, std::string message, std::string where = {},
                                     std::string help = {}) {
    return std::unexpected(
        Error{ErrorKind::reject, std::move(code), std::move(message), std::move(where), std::move(help)});
}

inline std::unexpected<Error> fail(std::string code, std::string message, std::string where = {},
                                   std::string help = {}) {
    return std::unexpected(
        Error{ErrorKind::fail, std::move(code), std::move(message), std::move(where), std::move(help)});
}

// A fail whose message ends with the text of errno as it is now.
std::unexpected<Error> fail_errno(std::string code, std::string_view doing, std::string where = {});

// "code: message (where). help" for stderr.
std::string to_line(const Error& error);

// Prints the line and aborts. For broken invariants only, never for input.
[[noreturn]] void bug(std::string_view what);

} // namespace sekisho

// auto value = TRY(may_fail()); passes the error on to the caller. Works for Result<> as a statement, too.
#define TRY(expression)                                                                                                \
    ({                                                                                                                 \
        auto sekisho_try_result = (expression);                                                                        \
        if (!sekisho_try_result) return std::unexpected(std::move(sekisho_try_result).error());                        \
        std::move(sekisho_try_result).value();                                                                         \
    })
