#include "sanitizer/formats/codes/codes.h"

#include <algorithm>
#include <array>
#include <exception>

#define ZX_USE_UTF8 // release 1.4: no wide strings
#include <ZXing/ReadBarcode.h>

namespace sekisho::codes {

namespace {

#if __has_include(<ZXing/ReaderOptions.h>)
using ReaderOptions = ZXing::ReaderOptions; // release 2.2 and later
#else
using ReaderOptions = ZXing::DecodeHints;
#endif

// The smallest symbol is 11 modules wide (Micro QR, ISO/IEC 18004 5.3.1), each at least a pixel.
constexpr std::uint32_t least_side = 11;

ReaderOptions options(ZXing::Binarizer binarizer) {
    ReaderOptions options;
    options.setBinarizer(binarizer);
    options.setFormats(ZXing::BarcodeFormat::QRCode | ZXing::BarcodeFormat::MicroQRCode);
    options.setTryHarder(false).setTryRotate(false).setTryDownscale(false);
    options.setMaxNumberOfSymbols(most_codes);
    return options;
}

std::vector<Bytes> read_with(ZXing::Binarizer binarizer, View pixels, const Grey& grey) {
    std::vector<Bytes> codes;
    const ZXing::ImageView view(pixels.data(), static_cast<int>(grey.width()), static_cast<int>(grey.height()),
                                ZXing::ImageFormat::Lum);
    for (const auto& code : ZXing::ReadBarcodes(view, options(binarizer))) {
        if (!code.isValid() || codes.size() == most_codes) continue;
        codes.emplace_back(code.bytes().begin(), code.bytes().end());
    }
    return codes;
}

// One threshold for each place reads uneven light; release 2.3 then misses some clean pictures that went through a
// lossy coding, which one threshold for all reads.
std::vector<Bytes> read_dark_on_light(View pixels, const Grey& grey) {
    auto codes = read_with(ZXing::Binarizer::LocalAverage, pixels, grey);
    return codes.empty() ? read_with(ZXing::Binarizer::GlobalHistogram, pixels, grey) : codes;
}

bool is_letter(std::uint8_t c) {
    return ('a' <= (c | 0x20)) && ((c | 0x20) <= 'z');
}

char lower(std::uint8_t c) {
    return static_cast<char>('A' <= c && c <= 'Z' ? c + ('a' - 'A') : c);
}

} // namespace

std::vector<Bytes> read_codes(const Grey& grey) try {
    if (grey.width() < least_side || grey.height() < least_side) return {};
    auto codes = read_dark_on_light(grey.pixels(), grey);
    if (!codes.empty()) return codes;
    Bytes negative(grey.pixels().begin(), grey.pixels().end());
    for (std::uint8_t& pixel : negative) pixel = static_cast<std::uint8_t>(~pixel);
    return read_dark_on_light(negative, grey);
} catch (const std::exception&) {
    return {}; // the library's word for a code that it cannot read
}

bool is_address(View text) {
    static constexpr auto contents = std::to_array<std::string_view>({"wifi", "begin", "mecard", "bizcard"});
    std::string start;
    for (std::size_t i = 0; i < std::min<std::size_t>(text.size(), 64); ++i) {
        const std::uint8_t c = text[i];
        if (c == ':') return !start.empty() && std::ranges::find(contents, start) == contents.end();
        start += lower(c);
        if (start == "www.") return true;
        const bool inside = is_letter(c) || ('0' <= c && c <= '9') || c == '+' || c == '-' || c == '.';
        if (i == 0 ? !is_letter(c) : !inside) return false;
    }
    return false;
}

void look_for_codes(const Grey& grey, Context& context) {
    if (!context.budget().take_look(std::uint64_t{grey.width()} * grey.height())) return;
    for (const Bytes& code : read_codes(grey))
        if (is_address(code)) context.found(Finding::image_code, Action::kept, detail_of(code));
}

void look_for_codes(View pixels, std::uint32_t width, std::uint32_t height, unsigned samples, Context& context) {
    const std::size_t stride = std::size_t{width} * samples;
    Grey grey(width, height);
    for (std::size_t y = 0; y < height && (y + 1) * stride <= pixels.size(); ++y)
        grey.add_row(pixels.subspan(y * stride, stride), samples);
    look_for_codes(grey, context);
}

} // namespace sekisho::codes
