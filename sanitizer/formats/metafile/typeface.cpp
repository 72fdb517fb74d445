#include "sanitizer/formats/metafile/typeface.h"

#include <algorithm>
#include <memory>

#include <cairo-ft.h>
#include <fontconfig/fontconfig.h>
#include FT_FREETYPE_H
#include FT_ADVANCES_H

#include "base/bytes/bytes.h"

namespace sekisho::metafile {

namespace {

// The first of these that the system has, else what fontconfig thinks is nearest.
constexpr std::array<std::array<const char*, 4>, static_cast<std::size_t>(Role::count)> wanted{{
    {"Liberation Sans", "Arimo", "Noto Sans", "DejaVu Sans"},
    {"Liberation Serif", "Tinos", "Noto Serif", "DejaVu Serif"},
    {"Liberation Mono", "Cousine", "Noto Sans Mono", "DejaVu Sans Mono"},
    {"Noto Sans CJK JP", "IPAexGothic", "IPAGothic", "TakaoGothic"},
    {"Noto Serif CJK JP", "IPAexMincho", "IPAMincho", "TakaoMincho"},
}};

struct DestroyPattern {
    void operator()(FcPattern* pattern) const { FcPatternDestroy(pattern); }
};
using FontPattern = std::unique_ptr<FcPattern, DestroyPattern>;

FontPattern match(Role role, bool bold) {
    const FontPattern pattern(FcPatternCreate());
    if (!pattern) return nullptr;
    for (const char* name : wanted[static_cast<std::size_t>(role)])
        FcPatternAddString(pattern.get(), FC_FAMILY, as_octets(name));
    FcPatternAddInteger(pattern.get(), FC_WEIGHT, bold ? FC_WEIGHT_BOLD : FC_WEIGHT_REGULAR);
    FcPatternAddBool(pattern.get(), FC_SCALABLE, FcTrue);
    if (role >= Role::gothic) FcPatternAddString(pattern.get(), FC_LANG, as_octets("ja"));
    FcConfigSubstitute(nullptr, pattern.get(), FcMatchPattern);
    FcDefaultSubstitute(pattern.get());
    FcResult result{};
    return FontPattern(FcFontMatch(nullptr, pattern.get(), &result));
}

// FreeType maps the file, so its glyphs can still be read when no file can be opened any more.
Face open_face(FT_Library library, Role role, bool bold) {
    const FontPattern found = match(role, bold);
    FcChar8* file = nullptr;
    int index = 0;
    if (!found || FcPatternGetString(found.get(), FC_FILE, 0, &file) != FcResultMatch) return {};
    FcPatternGetInteger(found.get(), FC_INDEX, 0, &index);
    Face face;
    if (FT_New_Face(library, as_chars(file), index, &face.face) != 0) return {};
    face.cairo = cairo_ft_font_face_create_for_ft_face(face.face, FT_LOAD_NO_HINTING | FT_LOAD_NO_BITMAP);
    return face;
}

} // namespace

Faces::Faces() {
    FT_Library library = nullptr; // lives as long as the process
    if (FT_Init_FreeType(&library) != 0) return;
    for (std::size_t i = 0; i < m_faces.size(); ++i)
        m_faces[i] = open_face(library, static_cast<Role>(i / 2), i % 2 == 1);
}

const Faces& Faces::all() {
    static const Faces faces;
    return faces;
}

Glyph Faces::glyph(char32_t character, Role role, bool bold) const {
    const Role partner = role == Role::serif ? Role::mincho : Role::gothic;
    for (const Role tried : {role, partner, Role::sans, Role::count}) {
        const bool last = tried == Role::count; // the box of the first face there is
        const Face& face = last ? at(Role::gothic, bold) : at(tried, bold);
        if (!face.face) continue;
        const FT_UInt index = FT_Get_Char_Index(face.face, character);
        if (index == 0 && !last) continue;
        FT_Fixed advance = 0;
        if (FT_Get_Advance(face.face, index, FT_LOAD_NO_SCALE, &advance) != 0) continue;
        const double em = face.face->units_per_EM == 0 ? 1000 : face.face->units_per_EM;
        return {&face, index, static_cast<double>(advance) / em};
    }
    return {};
}

} // namespace sekisho::metafile
