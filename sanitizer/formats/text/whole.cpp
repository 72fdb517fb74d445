#include "sanitizer/formats/text/whole.h"

#include <memory>

#include <unicode/ucnv.h>
#include <unicode/utf16.h>

#include "base/text/utf8.h"
#include "sanitizer/formats/text/clean.h"
#include "sanitizer/formats/text/decode.h"
#include "sanitizer/formats/text/labels.h"

namespace sekisho::text {

namespace {

using Converter = std::unique_ptr<UConverter, decltype(&ucnv_close)>;

void take(Whole& whole, Cleaner& cleaner) {
    whole.text += cleaner.text();
    whole.controls += cleaner.controls();
    whole.bidi += cleaner.bidi();
    whole.zero_width += cleaner.zero_width();
}

void put(Cleaner& cleaner, char32_t point) {
    if (point >= 0x80) return cleaner.put(point);
    const auto byte = static_cast<std::uint8_t>(point);
    cleaner.ascii(View(&byte, 1));
}

std::optional<Whole> by_own(View bytes, Charset charset) {
    Decoder decoder(charset);
    Cleaner cleaner;
    if (!decoder.decode(bytes, true, cleaner)) return std::nullopt;
    Whole whole;
    take(whole, cleaner);
    whole.converted = charset != Charset::utf8 && charset != Charset::ascii;
    return whole;
}

// Text by one of ICU's converters; nothing if `strict` and a byte has no meaning.
std::optional<Whole> by_converter(View bytes, const char* name, bool strict) {
    UErrorCode status = U_ZERO_ERROR;
    const Converter converter(ucnv_open(name, &status), ucnv_close);
    if (U_FAILURE(status)) return std::nullopt;
    if (strict) ucnv_setToUCallBack(converter.get(), UCNV_TO_U_CALLBACK_STOP, nullptr, nullptr, nullptr, &status);
    Cleaner cleaner;
    Whole whole;
    whole.converted = true;
    std::u16string units(64 * 1024, u'\0');
    const char* from = as_chars(bytes.data());
    const char* const end = from + bytes.size();
    char16_t high = 0;
    for (bool more = true; more;) {
        char16_t* to = units.data();
        status = U_ZERO_ERROR;
        ucnv_toUnicode(converter.get(), &to, units.data() + units.size(), &from, end, nullptr, true, &status);
        more = status == U_BUFFER_OVERFLOW_ERROR;
        if (U_FAILURE(status) && !more) return std::nullopt;
        for (const char16_t* at = units.data(); at < to; ++at) {
            if (U16_IS_LEAD(*at)) {
                high = *at;
                continue;
            }
            const char32_t point =
                U16_IS_TRAIL(*at) && high != 0 ? static_cast<char32_t>(U16_GET_SUPPLEMENTARY(high, *at)) : *at;
            high = 0;
            whole.damaged = whole.damaged || point == 0xFFFD;
            put(cleaner, point >= 0xD800 && point <= 0xDFFF ? U'\uFFFD' : point);
        }
    }
    take(whole, cleaner);
    return whole;
}

std::optional<Whole> by_label(View bytes, std::string_view name) {
    const auto label = label_of(name);
    if (!label) return std::nullopt;
    return label->own ? by_own(bytes, *label->own) : by_converter(bytes, label->converter, true);
}

bool has_mark(View bytes) {
    return starts_with(bytes, "\xEF\xBB\xBF") || starts_with(bytes, "\xFF\xFE") || starts_with(bytes, "\xFE\xFF");
}

// Bytes that mean the same in every charset but the wide ones: no byte that shifts to other characters.
bool is_plain(View bytes, std::string_view label) {
    const auto named = label_of(label);
    if (named && (named->own == Charset::utf16le || named->own == Charset::utf16be)) return false;
    return ascii_length(bytes) == bytes.size() &&
           as_text(bytes).find_first_of("\x0e\x0f\x1b+&~") == std::string_view::npos;
}

Result<Whole> by_content(View bytes, Budget& budget) {
    const Detected found = TRY(detect_charset(MemorySource(bytes), budget));
    auto whole = by_own(bytes.subspan(found.mark), found.charset);
    if (!whole) return refuse(Reason::text_charset);
    return std::move(*whole);
}

} // namespace

Result<Whole> read_whole(const Source& in, std::string_view label, Budget& budget) {
    // The decoded text and the parser's own copy lie beside the file.
    if (in.size() > budget.limits().bytes_in_memory / 2) return refuse(Reason::limit_memory);
    const View bytes = TRY(in.whole(budget.limits().bytes_in_memory));
    TRY(budget.take_unpacked(bytes.size()));
    if (!has_mark(bytes)) {
        if (as_text(bytes).find('\0') != std::string_view::npos) return refuse(Reason::text_binary);
        if (auto whole = by_label(bytes, label)) return std::move(*whole);
    }
    Whole whole = TRY(by_content(bytes, budget));
    whole.contradicted = !has_mark(bytes) && label_of(label) && !bytes.empty();
    return whole;
}

Whole decode_lossy(View bytes, std::string_view label, Budget& budget) {
    // Most of what is read so is a few plain words.
    if (is_plain(bytes, label))
        if (auto whole = by_own(bytes, Charset::ascii)) return std::move(*whole);
    if (!has_mark(bytes))
        if (auto whole = by_label(bytes, label)) return std::move(*whole);
    if (auto whole = by_content(bytes, budget)) {
        whole->contradicted = label_of(label).has_value();
        return std::move(*whole);
    }
    const auto named = label_of(label);
    auto whole = by_converter(bytes, named ? named->converter : "UTF-8", false);
    if (!whole) whole.emplace();
    whole->damaged = true;
    return std::move(*whole);
}

void note(Context& context, const Whole& whole) {
    if (whole.controls > 0) context.found(Finding::text_control, Action::removed);
    if (whole.bidi > 0) context.found(Finding::text_bidi, Action::removed);
    if (whole.zero_width > 0) context.found(Finding::text_zero_width, Action::kept);
    if (whole.converted) context.found(Finding::text_charset, Action::converted);
}

void clean_again(std::string& utf8, Whole& counts) {
    Cleaner cleaner;
    const std::string_view all = utf8;
    for (std::size_t at = 0; at < all.size();) {
        const std::size_t length = utf8_length(all.substr(at));
        if (length == 0) {
            ++at;
            continue;
        }
        put(cleaner, utf8_character(all.substr(at, length)));
        at += length;
    }
    utf8.clear();
    Whole made;
    take(made, cleaner);
    counts.controls += made.controls;
    counts.bidi += made.bidi;
    counts.zero_width += made.zero_width;
    utf8 = std::move(made.text);
}

} // namespace sekisho::text
