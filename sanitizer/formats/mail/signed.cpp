// CMS (RFC 5652) as far as the content of a signature goes: BER, also with indefinite lengths.
#include <algorithm>
#include <array>
#include <optional>

#include "sanitizer/formats/mail/message.h"

namespace sekisho::mail {

namespace {

constexpr int deepest = 16;
constexpr std::uint8_t sequence = 0x30, object_id = 0x06, octets = 0x04, constructed_octets = 0x24, explicit_0 = 0xA0;

struct Element {
    std::uint8_t tag = 0;
    View content;
    View rest; // behind it
};

// One element; one of indefinite length ends at its two zeros.
std::optional<Element> take(View view, int depth);

std::optional<Element> take_indefinite(std::uint8_t tag, View view, int depth) {
    const View begin = view;
    while (view.size() >= 2 && (view[0] != 0 || view[1] != 0)) {
        const auto inner = take(view, depth + 1);
        if (!inner) return std::nullopt;
        view = inner->rest;
    }
    if (view.size() < 2) return std::nullopt;
    return Element{tag, begin.first(begin.size() - view.size()), view.subspan(2)};
}

std::optional<Element> take(View view, int depth) {
    if (depth > deepest || view.size() < 2 || (view[0] & 0x1F) == 0x1F) return std::nullopt;
    const std::uint8_t tag = view[0];
    std::size_t length = view[1];
    view = view.subspan(2);
    if (length == 0x80) return (tag & 0x20) != 0 ? take_indefinite(tag, view, depth) : std::nullopt;
    if (length > 0x80) {
        const std::size_t count = length - 0x80;
        if (count > 4 || view.size() < count) return std::nullopt;
        length = 0;
        for (std::size_t i = 0; i < count; ++i) length = length << 8 | view[i];
        view = view.subspan(count);
    }
    if (length > view.size()) return std::nullopt;
    return Element{tag, view.first(length), view.subspan(length)};
}

// An octet string, or the pieces that a long one is made of.
bool append_octets(const Element& element, Bytes& out, int depth) {
    if (element.tag == octets) {
        out.insert(out.end(), element.content.begin(), element.content.end());
        return true;
    }
    if (element.tag != constructed_octets || depth > deepest) return false;
    for (View rest = element.content; !rest.empty();) {
        const auto piece = take(rest, depth);
        if (!piece || !append_octets(*piece, out, depth + 1)) return false;
        rest = piece->rest;
    }
    return true;
}

std::optional<Element> take_tag(View view, std::uint8_t tag) {
    auto element = take(view, 0);
    if (!element || element->tag != tag) return std::nullopt;
    return element;
}

constexpr std::array<std::uint8_t, 9> signed_data{0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x07, 0x02};

} // namespace

std::optional<Bytes> signed_content(View bytes) {
    const auto info = take_tag(bytes, sequence);
    if (!info) return std::nullopt;
    const auto kind = take_tag(info->content, object_id);
    if (!kind || !std::ranges::equal(kind->content, signed_data)) return std::nullopt;
    const auto outer = take_tag(kind->rest, explicit_0);
    const auto data = outer ? take_tag(outer->content, sequence) : std::nullopt;
    if (!data) return std::nullopt;
    const auto version = take(data->content, 0);
    const auto digests = version ? take(version->rest, 0) : std::nullopt;
    const auto content = digests ? take_tag(digests->rest, sequence) : std::nullopt;
    const auto content_kind = content ? take_tag(content->content, object_id) : std::nullopt;
    const auto wrapped = content_kind ? take_tag(content_kind->rest, explicit_0) : std::nullopt;
    const auto text = wrapped ? take(wrapped->content, 0) : std::nullopt;
    Bytes out;
    if (!text || !append_octets(*text, out, 0)) return std::nullopt;
    return out;
}

} // namespace sekisho::mail
