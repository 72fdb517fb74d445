#include <algorithm>
#include <memory>

#include "sanitizer/formats/pdf/codecs.h"

// Last: it redefines a keyword of C++.
#include <jbig2.h>

namespace sekisho::pdf {

namespace {

void on_message(void*, const char*, Jbig2Severity, std::uint32_t) {}

struct Close {
    void operator()(Jbig2Ctx* context) const { jbig2_ctx_free(context); }
};
using Decoder = std::unique_ptr<Jbig2Ctx, Close>;

Decoder open(Jbig2GlobalCtx* globals) {
    return Decoder(jbig2_ctx_new(nullptr, JBIG2_OPTIONS_EMBEDDED, globals, on_message, nullptr));
}

// The first page information segment tells the size before anything is decoded (T.88, 7.4.8); its type number is 48.
bool page_size(View data, std::uint32_t& width, std::uint32_t& height) {
    ByteReader reader(data);
    while (reader.remaining() > 11) {
        const auto number = reader.u32be();
        const auto flags = reader.u8();
        const auto referred = reader.u8();
        if (!number || !flags || !referred) return false;
        std::size_t count = *referred >> 5;
        if (count == 7) {
            if (!reader.seek(reader.position() - 1)) return false;
            const auto large = reader.u32be();
            if (!large) return false;
            count = *large & 0x1FFFFFFF;
            if (!reader.skip((count + 8) / 8)) return false;
        }
        const std::size_t unit = *number <= 256 ? 1 : *number <= 65536 ? 2 : 4;
        if (!reader.skip(count * unit) || !reader.skip((*flags & 0x40) ? 4 : 1)) return false;
        const auto length = reader.u32be();
        if (!length) return false;
        if ((*flags & 63) == 48) {
            const auto w = reader.u32be();
            const auto h = reader.u32be();
            if (!w || !h) return false;
            width = *w;
            height = *h;
            return true;
        }
        if (!reader.skip(*length)) return false;
    }
    return false;
}

} // namespace

Result<Samples> decode_jbig2(View data, View globals, Budget& budget) {
    Samples samples;
    if (!page_size(data, samples.width, samples.height)) return refuse(Reason::input_damaged);
    // The height may be unknown at first; the decoder then grows the page.
    TRY(budget.take_picture(samples.width, samples.height == 0xFFFFFFFF ? samples.width : samples.height));
    struct CloseGlobals {
        void operator()(Jbig2GlobalCtx* context) const { jbig2_global_ctx_free(context); }
    };
    std::unique_ptr<Jbig2GlobalCtx, CloseGlobals> shared;
    if (!globals.empty()) {
        Decoder first = open(nullptr);
        if (!first || jbig2_data_in(first.get(), globals.data(), globals.size()) < 0)
            return refuse(Reason::input_damaged);
        shared.reset(jbig2_make_global_ctx(first.release()));
    }
    const Decoder decoder = open(shared.get());
    if (!decoder) return refuse(Reason::limit_memory);
    if (jbig2_data_in(decoder.get(), data.data(), data.size()) < 0) return refuse(Reason::input_damaged);
    jbig2_complete_page(decoder.get());
    Jbig2Image* page = jbig2_page_out(decoder.get());
    if (!page) return refuse(Reason::input_damaged);
    samples.width = page->width;
    samples.height = page->height;
    samples.components = 1;
    samples.bits = 1;
    const std::size_t row = (static_cast<std::size_t>(page->width) + 7) / 8;
    samples.bytes.resize(row * page->height);
    for (std::size_t y = 0; y < page->height; ++y)
        std::copy_n(page->data + y * page->stride, row, samples.bytes.begin() + static_cast<std::ptrdiff_t>(y * row));
    jbig2_release_page(decoder.get(), page);
    return samples;
}

} // namespace sekisho::pdf
