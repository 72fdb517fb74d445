// Pictures.
#include <fmt/format.h>

#include "tests/sanitizer/formats/image/samples.h"
#include "tests/sanitizer/formats/raster/coded.h"
#include "tests/sanitizer/formats/raster/samples.h"
#include "tests/sanitizer/rows/made_by.h"
#include "tests/sanitizer/rows/row.h"
#include "tests/sanitizer/rows/words.h"
#include "tests/sanitizer/samples/qr.h"

namespace sekisho::rows {

namespace {

using tests::exif_with_orientation;
using tests::make_jpeg;
using tests::make_png;

Bytes joined(Bytes bytes, std::string_view text) {
    bytes.insert(bytes.end(), text.begin(), text.end());
    return bytes;
}

Bytes cut(const Bytes& bytes) {
    return {bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(bytes.size() / 2)};
}

Bytes with_segment(int marker, std::string content) {
    return make_jpeg({.segments = {{marker, std::move(content)}}});
}

Bytes with_chunk(std::string type, std::string content) {
    return make_png({.before = {{std::move(type), std::move(content)}}});
}

Bytes huge_png() {
    return to_bytes(std::string("\x89PNG\r\n\x1a\n") +
                    tests::png_chunk("IHDR", std::string("\0\x7F\0\0\0\x7F\0\0\x08\2\0\0\0", 13)) +
                    tests::png_chunk("IDAT", "x") + tests::png_chunk("IEND", ""));
}

Bytes huge_gif() {
    Bytes gif = tests::make_gif("", "");
    for (std::size_t at = 30; at < 34; ++at) gif[at] = 0xFF;
    return gif;
}

// A palette of which a pixel uses one colour; the others spell a text.
Bytes with_spare_colours() {
    Bytes gif = tests::make_gif("", "");
    const std::string_view text = "XYZ";
    std::copy(text.begin(), text.end(), gif.begin() + 22); // the fourth colour
    return gif;
}

} // namespace

Row I01() {
    return {
        .made = {{.name = "place.jpg",
                  .make = [] { return with_segment(0xE1, exif_with_orientation(1, true) + "SECRET"); },
                  .found = {Finding::image_metadata, Finding::image_gps},
                  .gone = {"Exif", "SECRET"}},
                 {.name = "xmp.jpg",
                  .make =
                      [] { return with_segment(0xE1, std::string("http://ns.adobe.com/xap/1.0/\0<?xpacket X", 41)); },
                  .found = {Finding::image_metadata},
                  .gone = {"xpacket"}},
                 {.name = "place.png",
                  .make = [] { return with_chunk("eXIf", exif_with_orientation(1, true).substr(6) + "SECRET"); },
                  .found = {Finding::image_metadata, Finding::image_gps},
                  .gone = {"eXIf", "SECRET"}},
                 {.name = "editor-data.svg",
                  .make = written<"<svg xmlns=\"http://www.w3.org/2000/svg\"><metadata><a>Hanako</a></metadata>"
                                  "<text>words</text><!-- Hanako --></svg>">,
                  .found = {Finding::svg_metadata},
                  .gone = {"Hanako", "<metadata"},
                  .kept = {"words"}}},
        .also_found = {Finding::image_comment},
        .never = {"Exif"}};
}

Row I02() {
    return {.made = {{.name = "second-picture.jpg",
                      .make = [] { return with_segment(0xE0, std::string("JFXX\0\x10SECRET", 12)); },
                      .found = {Finding::image_thumbnail},
                      .gone = {"JFXX", "SECRET"}},
                     {.name = "profile.jpg",
                      .make = [] { return with_segment(0xE2, std::string("ICC_PROFILE\0\1\1nonsense SECRET", 29)); },
                      .found = {Finding::image_icc},
                      .gone = {"ICC_PROFILE", "SECRET"}}},
            .also_found = {Finding::image_metadata},
            .never = {"MPF"}};
}

Row I03() {
    return {.made = {{.name = "behind.jpg",
                      .make = [] { return joined(make_jpeg({}), "MZ evil program"); },
                      .found = {Finding::image_trailing_data},
                      .gone = {"evil program"}},
                     {.name = "behind.png",
                      .make = [] { return joined(make_png({}), "Rar!\x1a\x07 evil archive"); },
                      .found = {Finding::image_trailing_data},
                      .gone = {"evil archive"}}},
            .also_plain = true,
            .never = {"Rar!"}};
}

Row I04() {
    return {.made = {{.name = "picture-and-archive.png",
                      .make =
                          [] {
                              return made_by(
                                  "mkdir d && echo evilmember >d/e.txt && cd d && zip -q ../z e.txt && cd .. && "
                                  "cat in z.zip >out",
                                  make_png({}));
                          },
                      .refused = Reason::type_ambiguous},
                     {.name = "data-among-chunks.png",
                      .make = [] { return with_chunk("vpAg", "%PDF-1.4 evil"); },
                      .found = {Finding::image_unknown_chunk},
                      .gone = {"%PDF", "evil"}}},
            .also_found = {Finding::image_trailing_data, Finding::image_comment}};
}

Row I05() {
    return {.made = {{.name = "comment.jpg",
                      .make = [] { return with_segment(0xFE, "<?php evil() ?>"); },
                      .found = {Finding::image_comment},
                      .gone = {"<?php", "evil"}},
                     {.name = "text.png",
                      .make = [] { return with_chunk("tEXt", std::string("Comment\0<script>evil()</script>", 31)); },
                      .found = {Finding::image_comment},
                      .gone = {"<script", "evil"}},
                     {.name = "colours-that-spell.gif",
                      .make = with_spare_colours,
                      .found = {Finding::image_palette},
                      .gone = {"XYZ"}}}};
}

Row I06() {
    return {.made = {{.name = "huge.png", .make = huge_png, .refused = Reason::limit_pixels},
                     {.name = "huge-frame.gif", .make = huge_gif, .refused = Reason::limit_pixels}},
            .also_refused = {Reason::type_unknown, Reason::input_damaged}};
}

Row I07() {
    return {.made = {{.name = "cut.jpg",
                      .make = [] { return cut(make_jpeg({.width = 640, .height = 480})); },
                      .found = {Finding::image_damaged}},
                     {.name = "cut.png",
                      .make = [] { return cut(make_png({.width = 333})); },
                      .refused = Reason::input_short}},
            .also_refused = {Reason::input_damaged, Reason::image_unsupported},
            .also_plain = true};
}

Row I08() {
    return {.made = {{.name = "drawing-script.jpg",
                      .make = written<"push graphic-context\nviewbox 0 0 640 480\nfill 'url(https://evil/)'\npop "
                                      "graphic-context\n">,
                      .becomes = Type::text},
                     {.name = "postscript.jpg",
                      .make = written<"%!PS-Adobe-3.0\n(evil) run\nshowpage\n">,
                      .refused = Reason::type_executable}}};
}

Row I09() {
    return {.made = {{.name = "tiles.tif",
                      .make = [] { return tests::make("-define tiff:tile-geometry=16x16", "tif"); },
                      .found = {Finding::image_tiff_form}},
                     {.name = "large-kind.tif",
                      .make = [] { return tests::make("", "tiff64"); },
                      .found = {Finding::image_tiff_form}}},
            .also_found = {Finding::image_metadata, Finding::image_comment},
            .also_plain = true};
}

Row I10() {
    return {
        .made = {
            {.name = "photo.heic",
             .make = [] { return made_by("base64 -d in >out", as_view(tests::heic_sample)); },
             .found = {Finding::image_converted},
             .gone = {"ftyp"}},
            {.name = "photo.avif",
             .make = [] { return made_by("base64 -d in >out", as_view(tests::avif_ten_bits)); },
             .found = {Finding::image_converted},
             .gone = {"ftyp"}},
            {.name = "photo.webp",
             .make = [] { return tests::make("", "webp"); },
             .found = {Finding::image_converted},
             .gone = {"WEBP"}},
            {.name = "photo.jp2",
             .make = [] { return tests::make("", "jp2"); },
             .found = {Finding::image_converted},
             .gone = {"jp2h"}},
            {.name = "photo.bmp", .make = [] { return tests::make("", "bmp"); }, .found = {Finding::image_converted}}}};
}

Row I11() {
    return {
        .made = {{.name = "comment.gif",
                  .make =
                      [] {
                          return tests::make_gif(std::string("\x21\xFE\x04"
                                                             "evil\0",
                                                             8),
                                                 "");
                      },
                  .found = {Finding::image_comment},
                  .gone = {"evil"}},
                 {.name = "broken-animation.png",
                  .make =
                      [] {
                          return make_png({.before = {{"acTL", std::string(8, '\1')}}, .after = {{"fdAT", "SECRET"}}});
                      },
                  .found = {Finding::image_animation},
                  .gone = {"acTL", "SECRET"}}},
        .also_found = {Finding::image_metadata, Finding::image_trailing_data, Finding::image_palette},
        .also_plain = true};
}

Row I12() {
    static constexpr std::string_view address = "https://login.example/pay?to=somebody";
    return {.made = {{.name = "code.png",
                      .make = [] { return made_by("convert pgm:in png:out", tests::qr_code(address)); },
                      .found = {Finding::image_code},
                      .stays = true},
                     {.name = "photo-of-code.jpg",
                      .make =
                          [] {
                              return made_by("convert pgm:in -rotate 12 -background gray -gravity center "
                                             "-extent 2000x1500 jpg:out",
                                             tests::qr_code(address, 6));
                          },
                      .found = {Finding::image_code},
                      .stays = true}}};
}

} // namespace sekisho::rows
