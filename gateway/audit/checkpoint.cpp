#include "gateway/audit/checkpoint.h"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

namespace sekisho::audit {

namespace {

constexpr std::string_view origin = "sekisho audit log";
constexpr std::string_view signature_start = "\u2014 sekisho-audit ";

std::unexpected<Error> bad(const char* what) {
    return reject("audit.checkpoint", what);
}

std::string body_of(const Checkpoint& checkpoint) {
    return fmt::format("{}\n{}\n{}\ntime {}\n", origin, checkpoint.size, to_base64(checkpoint.root), checkpoint.time);
}

// Takes the text up to the next line feed.
std::string_view take_line(std::string_view& text) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    return line;
}

template <typename Integer> bool number_of(std::string_view text, Integer& value) {
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc() && end == text.data() + text.size();
}

} // namespace

std::string signed_text(const Checkpoint& checkpoint, const SigningKey& key) {
    const std::string body = body_of(checkpoint);
    return fmt::format("{}\n{}{}\n", body, signature_start, to_base64(key.sign(as_view(body))));
}

Result<Checkpoint> checkpoint_of(std::string_view text, const PublicKey& key) {
    Checkpoint checkpoint;
    std::string_view rest = text;
    if (take_line(rest) != origin) return bad("not a checkpoint of this log");
    if (!number_of(take_line(rest), checkpoint.size)) return bad("no size");
    const Bytes root = TRY(from_base64(take_line(rest)));
    if (root.size() != checkpoint.root.size()) return bad("no root");
    std::copy(root.begin(), root.end(), checkpoint.root.begin());
    std::string_view time = take_line(rest);
    if (!time.starts_with("time ") || !number_of(time.substr(5), checkpoint.time)) return bad("no time");
    if (!take_line(rest).empty()) return bad("no empty line");
    const std::string_view line = take_line(rest);
    if (!line.starts_with(signature_start)) return bad("no signature");
    const Bytes bytes = TRY(from_base64(line.substr(signature_start.size())));
    Signature signature{};
    if (bytes.size() != signature.size()) return bad("no signature");
    std::copy(bytes.begin(), bytes.end(), signature.begin());
    // The body is made anew, so that only the canonical spelling can be signed.
    if (!verify_signature(key, as_view(body_of(checkpoint)), signature)) return bad("the signature does not fit");
    return checkpoint;
}

} // namespace sekisho::audit
