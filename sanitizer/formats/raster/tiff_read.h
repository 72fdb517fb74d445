// libtiff behind a wall: its files are a Source, its messages a count, its codecs a list.
#pragma once

#include <memory>

#include <tiffio.h>

#include "sanitizer/formats/raster/tiff_pages.h"

namespace sekisho::raster {

// What the directories of a file hold besides pictures, from a walk of our own.
struct TiffSigns {
    bool metadata = false;
    bool gps = false;
    bool comment = false;
    bool unknown = false;
    bool rare = false;           // BigTIFF, tiles, split planes, old JPEG
    std::uint64_t last_byte = 0; // behind everything that a directory names
};

// tiff_signs.cpp: adds what the directory at `offset` has.
void look_at_directory(const Source& in, std::uint64_t offset, TiffSigns& signs);

class TiffReader {
public:
    static Result<std::unique_ptr<TiffReader>> open(const Source& in, Context& context);
    TiffReader(const TiffReader&) = delete;
    TiffReader& operator=(const TiffReader&) = delete;
    ~TiffReader();

    // The page that the reader stands on; nothing for a small second picture or a mask.
    Result<std::optional<TiffPage>> read();
    bool next();
    bool damaged() const { return m_errors != 0; }
    bool skipped() const { return m_skipped; }
    const TiffSigns& signs() const { return m_signs; }

private:
    TiffReader(const Source& in, Context& context) : m_in(in), m_context(context) {}
    std::uint16_t number(std::uint32_t tag, std::uint16_t otherwise) const;
    bool is_one_sample(unsigned bits) const;
    Result<> check_form();
    Result<> read_rows(TiffPage& page);
    Result<> read_colours(TiffPage& page);
    Result<bool> read_jpeg(TiffPage& page);
    bool is_ink() const;
    Result<> read_inks(TiffPage& page);
    void read_palette(TiffPage& page);
    void read_density(TiffPage& page);
    void read_profile(TiffPage& page);
    void turn(TiffPage& page) const;

    static tmsize_t on_read(thandle_t handle, void* into, tmsize_t size);
    static toff_t on_seek(thandle_t handle, toff_t offset, int whence);
    static int on_error(TIFF* tiff, void* user, const char* module, const char* format, va_list arguments);

    const Source& m_in;
    Context& m_context;
    TIFF* m_tiff = nullptr;
    std::uint64_t m_position = 0;
    unsigned m_errors = 0;
    bool m_skipped = false;
    TiffSigns m_signs;
};

} // namespace sekisho::raster
