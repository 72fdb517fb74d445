#include "sanitizer/formats/raster/tiff_read.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdio>

#include "sanitizer/formats/image/image.h"
#include "sanitizer/formats/image/picture.h"

namespace sekisho::raster {

namespace {

constexpr std::array<std::uint16_t, 10> known_codecs = {
    COMPRESSION_NONE,  COMPRESSION_CCITTRLE, COMPRESSION_CCITTFAX3, COMPRESSION_CCITTFAX4,     COMPRESSION_LZW,
    COMPRESSION_OJPEG, COMPRESSION_JPEG,     COMPRESSION_PACKBITS,  COMPRESSION_ADOBE_DEFLATE, COMPRESSION_DEFLATE};

struct CloseOptions {
    void operator()(TIFFOpenOptions* options) const { TIFFOpenOptionsFree(options); }
};

// Sixteen bits per channel in the file, eight here.
std::uint8_t high_byte(std::uint16_t value) {
    return static_cast<std::uint8_t>(value >> 8);
}

} // namespace

tmsize_t TiffReader::on_read(thandle_t handle, void* into, tmsize_t size) {
    auto& reader = *static_cast<TiffReader*>(handle);
    if (size <= 0) return 0;
    const auto count =
        reader.m_in.read_at(reader.m_position, {static_cast<std::uint8_t*>(into), static_cast<std::size_t>(size)});
    if (!count) return -1;
    reader.m_position += *count;
    return static_cast<tmsize_t>(*count);
}

toff_t TiffReader::on_seek(thandle_t handle, toff_t offset, int whence) {
    auto& reader = *static_cast<TiffReader*>(handle);
    const std::uint64_t from = whence == SEEK_CUR ? reader.m_position : whence == SEEK_END ? reader.m_in.size() : 0;
    reader.m_position = from + offset; // modulo: a negative distance comes as its complement
    return reader.m_position;
}

int TiffReader::on_error(TIFF*, void* user, const char*, const char*, va_list) {
    ++static_cast<TiffReader*>(user)->m_errors;
    return 1;
}

Result<std::unique_ptr<TiffReader>> TiffReader::open(const Source& in, Context& context) {
    std::unique_ptr<TiffReader> reader(new TiffReader(in, context));
    const std::unique_ptr<TIFFOpenOptions, CloseOptions> options(TIFFOpenOptionsAlloc());
    if (!options) return refuse(Reason::limit_memory);
    TIFFOpenOptionsSetMaxSingleMemAlloc(options.get(), static_cast<tmsize_t>(2 * context.limits().bytes_in_memory));
    TIFFOpenOptionsSetErrorHandlerExtR(options.get(), on_error, reader.get());
    TIFFOpenOptionsSetWarningHandlerExtR(
        options.get(), [](TIFF*, void*, const char*, const char*, va_list) { return 1; }, nullptr);
    // No mapping: libtiff reads through the Source only.
    reader->m_tiff = TIFFClientOpenExt(
        "", "rm", reader.get(), on_read, [](thandle_t, void*, tmsize_t) -> tmsize_t { return 0; }, on_seek,
        [](thandle_t) { return 0; },
        [](thandle_t handle) -> toff_t { return static_cast<TiffReader*>(handle)->m_in.size(); }, nullptr, nullptr,
        options.get());
    if (!reader->m_tiff) return refuse(Reason::input_damaged);
    return reader;
}

TiffReader::~TiffReader() {
    if (m_tiff) TIFFClose(m_tiff);
}

bool TiffReader::next() {
    return TIFFReadDirectory(m_tiff) == 1;
}

std::uint16_t TiffReader::number(std::uint32_t tag, std::uint16_t otherwise) const {
    std::uint16_t value = otherwise;
    return TIFFGetFieldDefaulted(m_tiff, tag, &value) == 1 ? value : otherwise;
}

// A codec on the list; and the size and place of every strip is within the file's own.
Result<> TiffReader::check_form() {
    const std::uint16_t codec = number(TIFFTAG_COMPRESSION, COMPRESSION_NONE);
    if (std::ranges::find(known_codecs, codec) == known_codecs.end()) return refuse(Reason::image_unsupported);
    const bool tiled = TIFFIsTiled(m_tiff) != 0;
    const bool split = number(TIFFTAG_PLANARCONFIG, PLANARCONFIG_CONTIG) != PLANARCONFIG_CONTIG;
    m_signs.rare = m_signs.rare || tiled || split || codec == COMPRESSION_OJPEG;
    const std::uint32_t count = tiled ? TIFFNumberOfTiles(m_tiff) : TIFFNumberOfStrips(m_tiff);
    TRY(m_context.budget().take_members(1 + count / 64));
    for (std::uint32_t i = 0; i < count; ++i) {
        TRY(m_context.budget().check_time());
        const std::uint64_t end = TIFFGetStrileOffset(m_tiff, i) + TIFFGetStrileByteCount(m_tiff, i);
        m_signs.last_byte = std::max(m_signs.last_byte, end);
    }
    return {};
}

bool TiffReader::is_one_sample(unsigned bits) const {
    return number(TIFFTAG_SAMPLESPERPIXEL, 1) == 1 && number(TIFFTAG_BITSPERSAMPLE, 1) == bits &&
           TIFFIsTiled(m_tiff) == 0 && number(TIFFTAG_SAMPLEFORMAT, SAMPLEFORMAT_UINT) == SAMPLEFORMAT_UINT;
}

void TiffReader::read_palette(TiffPage& page) {
    std::array<std::uint16_t*, 3> maps{};
    if (TIFFGetField(m_tiff, TIFFTAG_COLORMAP, &maps[0], &maps[1], &maps[2]) != 1) return;
    constexpr std::size_t colours = 256;
    // Some writers store eight bits where sixteen belong.
    bool wide = false;
    for (const std::uint16_t* map : maps)
        wide = wide || std::any_of(map, map + colours, [](auto v) { return v > 255; });
    for (std::size_t i = 0; i < colours; ++i)
        for (const std::uint16_t* map : maps)
            page.palette.push_back(wide ? high_byte(map[i]) : static_cast<std::uint8_t>(map[i]));
}

void TiffReader::read_density(TiffPage& page) {
    float x = 0;
    float y = 0;
    constexpr float most = 100'000;
    const bool there =
        TIFFGetField(m_tiff, TIFFTAG_XRESOLUTION, &x) == 1 && TIFFGetField(m_tiff, TIFFTAG_YRESOLUTION, &y) == 1;
    if (!there || !(x >= 0.01F && x <= most && y >= 0.01F && y <= most)) return;
    page.density_x = x;
    page.density_y = y;
    const std::uint16_t unit = number(TIFFTAG_RESOLUTIONUNIT, RESUNIT_INCH);
    page.density_unit = unit >= 1 && unit <= 3 ? unit : std::uint16_t{2};
}

void TiffReader::read_profile(TiffPage& page) {
    std::uint32_t size = 0;
    const void* data = nullptr;
    if (TIFFGetField(m_tiff, TIFFTAG_ICCPROFILE, &size, &data) != 1 || size == 0) return;
    image::Picture judge;
    judge.samples = page.shade == Shade::grey || page.shade == Shade::black_and_white ? 1 : 3;
    image::take_profile(judge, {static_cast<const std::uint8_t*>(data), size}, m_context);
    page.profile = std::move(judge.profile);
}

// One sample of 1 or 8 bits per pixel: row by row, as it is.
Result<> TiffReader::read_rows(TiffPage& page) {
    const std::size_t stride = page.row_bytes();
    if (TIFFScanlineSize64(m_tiff) != stride) return refuse(Reason::input_damaged);
    page.rows.assign(stride * page.height, page.nought_is_white || page.shade == Shade::palette ? 0 : 0xFF);
    const bool invert = page.shade == Shade::grey && number(TIFFTAG_PHOTOMETRIC, 1) == PHOTOMETRIC_MINISWHITE;
    for (std::uint32_t y = 0; y < page.height; ++y) {
        TRY(m_context.budget().check_time());
        const std::span<std::uint8_t> row = std::span(page.rows).subspan(y * stride, stride);
        if (TIFFReadScanline(m_tiff, row.data(), y) != 1) {
            if (y == 0) return refuse(Reason::input_damaged);
            ++m_errors;
            break;
        }
        for (std::uint8_t& sample : row.first(invert ? stride : 0)) sample = static_cast<std::uint8_t>(255 - sample);
        // What fills the last byte of a row is no picture.
        if (page.shade == Shade::black_and_white && page.width % 8 != 0)
            row.back() = static_cast<std::uint8_t>(row.back() & (0xFF00U >> page.width % 8));
    }
    return {};
}

// Everything else through libtiff's conversion to RGB, some strips at a time.
Result<> TiffReader::read_colours(TiffPage& page) {
    std::array<char, 1024> message{};
    TIFFRGBAImage image{};
    if (TIFFRGBAImageOK(m_tiff, message.data()) != 1 || TIFFRGBAImageBegin(&image, m_tiff, 0, message.data()) != 1)
        return refuse(Reason::image_unsupported);
    const std::unique_ptr<TIFFRGBAImage, decltype(&TIFFRGBAImageEnd)> end(&image, TIFFRGBAImageEnd);
    image.req_orientation = image.orientation; // turned by us
    page.shade = image.alpha != 0 ? Shade::rgba : Shade::rgb;
    std::uint32_t unit = 0;
    if (TIFFIsTiled(m_tiff) != 0)
        TIFFGetField(m_tiff, TIFFTAG_TILELENGTH, &unit);
    else
        TIFFGetFieldDefaulted(m_tiff, TIFFTAG_ROWSPERSTRIP, &unit);
    constexpr std::uint64_t band_pixels = 1U << 20;
    unit = std::clamp(unit, 1U, page.height);
    const std::uint64_t units = std::max<std::uint64_t>(1, band_pixels / (std::uint64_t{unit} * page.width));
    const auto band = static_cast<std::uint32_t>(std::min<std::uint64_t>(page.height, units * unit));
    std::vector<std::uint32_t> raster(std::size_t{band} * page.width);
    page.rows.reserve(page.row_bytes() * page.height);
    for (std::uint32_t y = 0; y < page.height; y += band) {
        TRY(m_context.budget().check_time());
        const std::uint32_t rows = std::min(band, page.height - y);
        const std::size_t count = std::size_t{rows} * page.width;
        std::fill(raster.begin(), raster.end(), 0xFFFFFFFF);
        image.row_offset = static_cast<int>(y);
        if (TIFFRGBAImageGet(&image, raster.data(), page.width, rows) != 1) ++m_errors;
        for (const std::uint32_t pixel : std::span(raster).first(count))
            for (unsigned c = 0; c < page.samples(); ++c)
                page.rows.push_back(static_cast<std::uint8_t>(pixel >> (8 * c)));
    }
    return {};
}

void TiffReader::turn(TiffPage& page) const {
    const unsigned orientation = number(TIFFTAG_ORIENTATION, 1);
    if (orientation < 2 || orientation > 8) return;
    if (page.shade == Shade::black_and_white) {
        Bytes wide;
        wide.reserve(std::size_t{page.width} * page.height);
        const std::size_t stride = page.row_bytes();
        for (std::size_t y = 0; y < page.height; ++y)
            for (std::size_t x = 0; x < page.width; ++x)
                wide.push_back(page.rows[y * stride + x / 8] >> (7 - x % 8) & 1);
        wide = image::turned(wide, page.width, page.height, 1, orientation);
        const std::size_t new_stride = page.row_bytes();
        page.rows.assign(new_stride * page.height, 0);
        for (std::size_t y = 0; y < page.height; ++y)
            for (std::size_t x = 0; x < page.width; ++x)
                if (wide[y * page.width + x] != 0)
                    page.rows[y * new_stride + x / 8] |= static_cast<std::uint8_t>(0x80U >> x % 8);
    } else {
        page.rows = image::turned(page.rows, page.width, page.height, page.samples(), orientation);
    }
    if (orientation >= 5) std::swap(page.density_x, page.density_y);
}

// Four inks of 8 or 16 bits, which libtiff's conversion knows in part only.
bool TiffReader::is_ink() const {
    const unsigned bits = number(TIFFTAG_BITSPERSAMPLE, 1);
    return number(TIFFTAG_PHOTOMETRIC, PHOTOMETRIC_MINISBLACK) == PHOTOMETRIC_SEPARATED &&
           number(TIFFTAG_INKSET, INKSET_CMYK) == INKSET_CMYK && number(TIFFTAG_SAMPLESPERPIXEL, 1) >= 4 &&
           (bits == 8 || bits == 16) && TIFFIsTiled(m_tiff) == 0 &&
           number(TIFFTAG_PLANARCONFIG, PLANARCONFIG_CONTIG) == PLANARCONFIG_CONTIG;
}

Result<> TiffReader::read_inks(TiffPage& page) {
    const std::size_t samples = number(TIFFTAG_SAMPLESPERPIXEL, 4);
    const std::size_t bytes = number(TIFFTAG_BITSPERSAMPLE, 8) / 8U;
    Bytes inks(samples * bytes * page.width);
    if (TIFFScanlineSize64(m_tiff) != inks.size()) return refuse(Reason::input_damaged);
    page.rows.reserve(page.row_bytes() * page.height);
    constexpr std::size_t high = std::endian::native == std::endian::little ? 1 : 0; // libtiff gives native numbers
    for (std::uint32_t y = 0; y < page.height; ++y) {
        TRY(m_context.budget().check_time());
        if (TIFFReadScanline(m_tiff, inks.data(), y) != 1) {
            if (y == 0) return refuse(Reason::input_damaged);
            ++m_errors;
            page.rows.resize(page.row_bytes() * page.height, 0xFF);
            break;
        }
        for (std::size_t x = 0; x < page.width; ++x) {
            const auto ink = [&](std::size_t c) { return inks[(x * samples + c) * bytes + (bytes == 2 ? high : 0)]; };
            for (std::size_t c = 0; c < 3; ++c)
                page.rows.push_back(static_cast<std::uint8_t>((255U - ink(c)) * (255U - ink(3)) / 255U));
        }
    }
    return {};
}

// A page that is one JPEG goes the way of a JPEG file, so that no quality is lost. False: through pixels.
Result<bool> TiffReader::read_jpeg(TiffPage& page) {
    const std::uint16_t colours = number(TIFFTAG_PHOTOMETRIC, PHOTOMETRIC_MINISBLACK);
    const bool grey = colours == PHOTOMETRIC_MINISBLACK && number(TIFFTAG_SAMPLESPERPIXEL, 1) == 1;
    const bool ycc = colours == PHOTOMETRIC_YCBCR && number(TIFFTAG_SAMPLESPERPIXEL, 1) == 3;
    const std::uint64_t size = TIFFGetStrileByteCount(m_tiff, 0);
    if (TIFFIsTiled(m_tiff) != 0 || TIFFNumberOfStrips(m_tiff) != 1 || number(TIFFTAG_ORIENTATION, 1) != 1 ||
        (!grey && !ycc) || size > m_context.limits().bytes_in_memory || size > m_in.size() || size < 4)
        return false;
    Bytes strip(static_cast<std::size_t>(size));
    const std::uint64_t at = TIFFGetStrileOffset(m_tiff, 0);
    if (at > m_in.size() || TRY(m_in.read_at(at, strip)) != strip.size()) return false;
    // Tables that the format keeps apart: a stream of its own, joined here (TIFF technical note 2).
    std::uint32_t count = 0;
    const std::uint8_t* tables = nullptr;
    Bytes whole;
    if (TIFFGetField(m_tiff, TIFFTAG_JPEGTABLES, &count, &tables) == 1 && count >= 4 && tables) {
        whole.assign(tables, tables + count - 2);                  // without its end
        whole.insert(whole.end(), strip.begin() + 2, strip.end()); // without its start
    } else {
        whole = std::move(strip);
    }
    MemorySink clean(m_context.limits().bytes_in_memory);
    const MemorySource source(whole);
    Job job{source, clean, Type::jpeg, m_context};
    if (const auto type = image::jpeg(job); !type) return false;
    Bytes jpeg = clean.take();
    // SOI, then JFIF: the colours are what JFIF means by them. The frame header has the page's size and half chroma.
    if (!starts_with(jpeg, "\xFF\xD8\xFF\xE0")) return false;
    ByteReader reader(jpeg);
    TRY(reader.skip(2));
    unsigned marker = TRY(reader.u16be());
    for (; marker != 0xFFC0 && marker != 0xFFC1; marker = TRY(reader.u16be()))
        TRY(reader.skip(TRY(reader.u16be()) - std::size_t{2}));
    TRY(reader.skip(3));
    const std::uint32_t height = TRY(reader.u16be());
    const std::uint32_t width = TRY(reader.u16be());
    const unsigned components = TRY(reader.u8());
    TRY(reader.skip(1));
    const unsigned sampling = TRY(reader.u8());
    const bool fits = width == page.width && height == page.height && components == (grey ? 1U : 3U);
    if (!fits || (ycc && sampling != 0x22)) return false;
    page.shade = grey ? Shade::grey : Shade::rgb;
    page.jpeg = std::move(jpeg);
    return true;
}

Result<std::optional<TiffPage>> TiffReader::read() {
    look_at_directory(m_in, TIFFCurrentDirOffset(m_tiff), m_signs);
    std::uint32_t kind = 0;
    TIFFGetField(m_tiff, TIFFTAG_SUBFILETYPE, &kind);
    if ((kind & (FILETYPE_REDUCEDIMAGE | FILETYPE_MASK)) != 0) {
        m_skipped = true;
        return std::optional<TiffPage>();
    }
    TiffPage page;
    TIFFGetField(m_tiff, TIFFTAG_IMAGEWIDTH, &page.width);
    TIFFGetField(m_tiff, TIFFTAG_IMAGELENGTH, &page.height);
    TRY(m_context.budget().take_picture(page.width, page.height));
    TRY(check_form());
    const std::uint16_t codec = number(TIFFTAG_COMPRESSION, COMPRESSION_NONE);
    const std::uint16_t colours = number(TIFFTAG_PHOTOMETRIC, PHOTOMETRIC_MINISBLACK);
    page.lossy = codec == COMPRESSION_JPEG || codec == COMPRESSION_OJPEG;
    const bool plain = colours == PHOTOMETRIC_MINISBLACK || colours == PHOTOMETRIC_MINISWHITE;
    if (plain && is_one_sample(1))
        page.shade = Shade::black_and_white;
    else if (plain && is_one_sample(8))
        page.shade = Shade::grey;
    else if (colours == PHOTOMETRIC_PALETTE && is_one_sample(8))
        page.shade = Shade::palette;
    if (page.shade != Shade::black_and_white)
        TRY(m_context.budget().check_ratio(m_in.size(), page.row_bytes() * page.height));
    page.nought_is_white = page.shade == Shade::black_and_white && colours == PHOTOMETRIC_MINISWHITE;
    if (page.shade == Shade::palette) read_palette(page);
    if (page.shade == Shade::palette && page.palette.empty()) return refuse(Reason::input_damaged);
    const bool kept = codec == COMPRESSION_JPEG && TRY(read_jpeg(page));
    if (!kept && page.row_bytes() * page.height > m_context.limits().bytes_in_memory)
        return refuse(Reason::limit_memory);
    if (!kept) TRY(page.shade != Shade::rgb ? read_rows(page) : is_ink() ? read_inks(page) : read_colours(page));
    read_density(page);
    read_profile(page);
    turn(page);
    return page;
}

} // namespace sekisho::raster
