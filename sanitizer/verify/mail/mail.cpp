#include "sanitizer/verify/mail/mail.h"

#include <exception>
#include <new>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "sanitizer/verify/archive/name.h"
#include "sanitizer/verify/html/html.h"
#include "sanitizer/verify/mail/header.h"
#include "sanitizer/verify/text/text.h"

namespace sekisho::verify {

namespace {

constexpr std::size_t longest_line = 998; // RFC 5322 2.1.1
constexpr std::size_t longest_field = 1'000'000;

std::unexpected<Error> bad_shape() {
    return refuse(Reason::verify_mail_shape);
}

class Reader {
public:
    Reader(std::string_view text, const Limits& limits, VerifyPart verify)
        : m_rest(text), m_left(limits), m_verify(verify) {}

    Result<> run() {
        TRY(message(0));
        return m_rest.empty() ? Result<>() : bad_shape();
    }

private:
    enum class At { top, in_mixed, in_alternative, in_related };

    bool starts(std::string_view with) const { return m_rest.starts_with(with); }
    bool take(std::string_view wanted) {
        if (!starts(wanted)) return false;
        m_rest.remove_prefix(wanted.size());
        return true;
    }

    Result<std::string_view> line() {
        const std::size_t end = m_rest.find("\r\n");
        if (end == m_rest.npos || end > longest_line) return bad_shape();
        const std::string_view text = m_rest.substr(0, end);
        for (const char c : text)
            if (c < ' ' || c > '~') return bad_shape();
        m_rest.remove_prefix(end + 2);
        return text;
    }

    // A field with the lines that belong to it, line ends taken out.
    Result<std::string> field() {
        std::string text(TRY(line()));
        while (starts(" ")) {
            text += TRY(line());
            if (text.size() > longest_field) return refuse(Reason::verify_mail_header);
        }
        return text;
    }

    Result<> message(std::uint32_t level) {
        if (level >= m_left.depth) return refuse(Reason::limit_depth);
        std::size_t place = 0;
        for (;;) {
            const std::string text = TRY(field());
            if (text == "MIME-Version: 1.0") break;
            const std::size_t colon = text.find(':');
            if (colon == text.npos || text.size() < colon + 3 || text[colon + 1] != ' ') return bad_shape();
            TRY(check_field(std::string_view(text).substr(0, colon), std::string_view(text).substr(colon + 2), place));
        }
        return entity(level, At::top);
    }

    Result<> entity(std::uint32_t level, At at) {
        const std::string type = TRY(field());
        if (type == "Content-Type: text/plain; charset=UTF-8" && at != At::in_related &&
            starts("Content-Transfer-Encoding"))
            return text(false);
        if (type == "Content-Type: text/html; charset=UTF-8" && (at == At::in_alternative || at == At::in_related))
            return text(true);
        if (type.starts_with("Content-Type: multipart/")) return multipart(type, level, at);
        if (at != At::in_mixed && at != At::in_related) return refuse(Reason::verify_mail_part);
        return file(type, level, at);
    }

    Result<> text(bool page) {
        if (!take("Content-Transfer-Encoding: base64\r\n\r\n")) return bad_shape();
        Bytes content = TRY(base64());
        if (!page) return verify::text(MemorySource(content), m_left);
        m_pages.push_back(std::move(content));
        return {};
    }

    // Lines of 76 characters, the last shorter, up to the next boundary or the end.
    Result<Bytes> base64() {
        Bytes out;
        bool ended = false;
        while (!m_rest.empty() && !starts("--") && !starts("\r\n")) { // an empty line: the end of a mail within
            const std::string_view one = TRY(line());
            if (ended || one.empty() || one.size() > 76) return bad_shape();
            ended = one.size() < 76 || one.ends_with('=');
            const auto bytes = from_base64(one);
            if (!bytes) return bad_shape();
            if (bytes->size() > m_left.bytes_unpacked) return refuse(Reason::limit_bytes);
            m_left.bytes_unpacked -= bytes->size();
            out.insert(out.end(), bytes->begin(), bytes->end());
        }
        return out;
    }

    Result<> multipart(std::string_view type, std::uint32_t level, At at) {
        const std::size_t pages = m_pages.size();
        const auto is = [&](std::string_view subtype) {
            return type ==
                   fmt::format("Content-Type: multipart/{}; boundary=\"=_{}_{}_sekisho\"", subtype, level, subtype[0]);
        };
        At inside = At::top;
        if (is("mixed") && at == At::top)
            inside = At::in_mixed;
        else if (is("alternative") && (at == At::top || at == At::in_mixed))
            inside = At::in_alternative;
        else if (is("related") && at == At::in_alternative)
            inside = At::in_related;
        else
            return refuse(Reason::verify_mail_part);
        const std::string delimiter = fmt::format("--=_{}_{}_sekisho", level,
                                                  inside == At::in_mixed     ? 'm'
                                                  : inside == At::in_related ? 'r'
                                                                             : 'a');
        if (!take("\r\n") || !starts(delimiter + "\r\n")) return bad_shape();
        std::vector<std::string> outer_ids;
        if (inside == At::in_related) outer_ids.swap(m_ids);
        while (take(delimiter + "\r\n")) TRY(entity(level, inside));
        if (!take(delimiter + "--\r\n")) return bad_shape();
        if (inside == At::in_related || (inside == At::in_alternative && m_pages.size() > pages))
            TRY(check_pages(pages));
        if (inside == At::in_related) m_ids.swap(outer_ids);
        return {};
    }

    Result<> check_pages(std::size_t from) {
        for (std::size_t i = from; i < m_pages.size(); ++i)
            TRY(html(MemorySource(m_pages[i]), m_left, m_verify, m_ids));
        m_pages.resize(from);
        return {};
    }

    Result<> file(std::string_view type, std::uint32_t level, At at) {
        constexpr std::string_view start = "Content-Type: ";
        if (!type.starts_with(start)) return bad_shape();
        const std::string_view media = type.substr(start.size());
        if (at == At::in_related) {
            const std::string id = TRY(field());
            if (id != fmt::format("Content-ID: <image{}@sekisho.invalid>", m_ids.size() + 1)) return bad_shape();
            m_ids.push_back(fmt::format("image{}@sekisho.invalid", m_ids.size() + 1));
        }
        const std::string disposition = TRY(field());
        const std::string expected =
            std::string("Content-Disposition: ") + (at == At::in_related ? "inline" : "attachment");
        if (!disposition.starts_with(expected)) return bad_shape();
        const std::string name = TRY(file_name_of(std::string_view(disposition).substr(expected.size())));
        if (!name_is_clean(name) || name.find('/') != name.npos) return refuse(Reason::verify_mail_part);
        const auto kind = promised_kind(name);
        if (!kind) return refuse(Reason::verify_mail_part);
        if (media == "message/rfc822") {
            if (*kind != Type::mail || at == At::in_related || !take("\r\n")) return refuse(Reason::verify_mail_part);
            TRY(message(level + 1));
            return take("\r\n") ? Result<>() : bad_shape();
        }
        const bool picture = *kind == Type::png || *kind == Type::jpeg;
        const std::string_view wanted = *kind == Type::mail ? "application/octet-stream" : row_of(*kind).media;
        if (media != wanted || (at == At::in_related && !picture)) return refuse(Reason::verify_mail_part);
        if (!take("Content-Transfer-Encoding: base64\r\n\r\n")) return bad_shape();
        const Bytes content = TRY(base64());
        if (m_left.depth <= 1) return refuse(Reason::limit_depth);
        Limits inner = m_left;
        --inner.depth;
        return m_verify(*kind, MemorySource(content), inner);
    }

    std::string_view m_rest;
    Limits m_left;
    VerifyPart m_verify;
    std::vector<Bytes> m_pages; // until the pictures behind them are known
    std::vector<std::string> m_ids;
};

} // namespace

Result<> mail(const Source& source, const Limits& limits, VerifyPart part) try {
    if (source.size() > limits.bytes_out) return refuse(Reason::limit_bytes);
    return Reader(as_text(TRY(source.whole(limits.bytes_out))), limits, part).run();
} catch (const std::bad_alloc&) {
    return refuse(Reason::limit_memory);
} catch (const std::exception&) {
    return refuse(Reason::internal);
}

} // namespace sekisho::verify
