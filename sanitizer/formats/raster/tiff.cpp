#include <algorithm>
#include <array>
#include <new>

#include "sanitizer/formats/codes/codes.h"
#include "sanitizer/formats/raster/raster.h"
#include "sanitizer/formats/raster/tiff_read.h"

namespace sekisho::raster {

namespace {

bool is_final(const Error& error) {
    return error.kind == ErrorKind::fail || error.code.starts_with("limit.");
}

// Colours of the palette that no pixel has may hold anything: they become black.
bool blacken_unused(TiffPage& page) {
    if (page.shade != Shade::palette) return false;
    std::array<bool, 256> used{};
    for (const std::uint8_t sample : page.rows) used[sample] = true;
    bool hidden = false;
    for (std::size_t i = 0; i < page.palette.size(); ++i) {
        if (used[i / 3]) continue;
        hidden = hidden || page.palette[i] != 0;
        page.palette[i] = 0;
    }
    return hidden;
}

// A picture of greys that came as colours (4 or 16 bits a sample) needs a third of the room.
void keep_grey(TiffPage& page) {
    if (page.shade != Shade::rgb || page.profile || !page.jpeg.empty()) return;
    for (std::size_t i = 0; i + 2 < page.rows.size(); i += 3)
        if (page.rows[i] != page.rows[i + 1] || page.rows[i] != page.rows[i + 2]) return;
    std::size_t to = 0;
    for (std::size_t i = 0; i < page.rows.size(); i += 3) page.rows[to++] = page.rows[i];
    page.rows.resize(to);
    page.shade = Shade::grey;
}

// A page that came as JPEG has been looked at.
void look_at(const TiffPage& page, Context& context) {
    if (!page.jpeg.empty()) return;
    codes::Grey grey(page.width, page.height);
    const std::size_t stride = page.row_bytes();
    Bytes row(page.width);
    for (std::size_t y = 0; y < page.height && (y + 1) * stride <= page.rows.size(); ++y) {
        const View line = View(page.rows).subspan(y * stride, stride);
        if (page.shade == Shade::rgb || page.shade == Shade::rgba) {
            grey.add_row(line.first(std::size_t{page.width} * page.samples()), page.samples());
            continue;
        }
        for (std::size_t x = 0; x < page.width; ++x) {
            const bool bit = page.shade == Shade::black_and_white && ((line[x / 8] >> (7 - x % 8)) & 1U) != 0;
            const std::size_t green = page.shade == Shade::palette ? std::size_t{3} * line[x] + 1 : 0;
            if (page.shade == Shade::black_and_white)
                row[x] = bit != page.nought_is_white ? 0xFF : 0;
            else if (page.shade == Shade::grey)
                row[x] = line[x];
            else
                row[x] = green < page.palette.size() ? page.palette[green] : 0;
        }
        grey.add_row(row, 1);
    }
    codes::look_for_codes(grey, context);
}

void note(Context& context, const TiffReader& reader, bool hidden, bool damaged, std::uint64_t size) {
    const TiffSigns& signs = reader.signs();
    if (signs.metadata) context.found(Finding::image_metadata, Action::removed);
    if (signs.gps) context.found(Finding::image_gps, Action::removed);
    if (signs.comment) context.found(Finding::image_comment, Action::removed);
    if (signs.unknown) context.found(Finding::image_unknown_chunk, Action::removed);
    if (signs.rare) context.found(Finding::image_tiff_form, Action::rewritten);
    if (reader.skipped()) context.found(Finding::image_thumbnail, Action::removed);
    if (hidden) context.found(Finding::image_palette, Action::removed);
    constexpr std::uint64_t filler = 1; // to an even size
    if (size > signs.last_byte + filler) context.found(Finding::image_trailing_data, Action::removed);
    if (damaged) context.found(Finding::image_damaged, Action::rewritten);
}

Result<Type> rebuild(Job& job) {
    Context& context = job.context;
    const auto reader = TRY(TiffReader::open(job.in, context));
    TiffWriter writer(job.out);
    std::optional<PackedPage> held; // until it is known whether another one follows
    std::optional<Error> error;
    bool hidden = false;
    std::uint32_t pages = 0;
    do {
        if (++pages > context.limits().pages) return refuse(Reason::limit_pages);
        auto page = reader->read();
        // A page that is whole but of a form that cannot be read must not be lost in silence.
        if (!page && (is_final(page.error()) || reason_of(page.error()) == Reason::image_unsupported))
            return std::unexpected(page.error());
        if (!page) error = page.error();
        if (!page || !*page) continue;
        hidden = blacken_unused(**page) || hidden;
        keep_grey(**page);
        look_at(**page, context);
        PackedPage packed = TRY(pack_page(std::move(**page), context));
        if (held)
            TRY(writer.add(*held, false));
        else
            TRY(writer.start());
        held = std::move(packed);
    } while (reader->next());
    if (!held && error) return std::unexpected(*error);
    if (!held) return refuse(Reason::input_damaged);
    TRY(writer.add(*held, true));
    note(context, *reader, hidden, error || reader->damaged(), job.in.size());
    return Type::tiff;
}

} // namespace

Result<Type> tiff(Job& job) try { return rebuild(job); } catch (const std::bad_alloc&) {
    return refuse(Reason::limit_memory);
}

} // namespace sekisho::raster
