// The few fonts that text is drawn with, opened once from the system's: file content never names a file.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include <cairo.h>

typedef struct FT_FaceRec_* FT_Face;

namespace sekisho::metafile {

enum class Role : std::uint8_t { sans, serif, mono, gothic, mincho, count };

// What a font name means here, with the metrics of the original so that text keeps its place.
struct Typeface {
    Role role = Role::sans;
    double ascent = 0.905; // of the em square
    double descent = 0.212;
    bool symbol = false;   // Symbol: Greek letters at Latin places
    bool dingbats = false; // Wingdings and relatives
    bool numbered = false; // glyph 3 is the space and those of ASCII follow, as in the first fonts of Windows
};

// `name` in UTF-16; `family` is lfPitchAndFamily.
Typeface typeface_of(std::u16string_view name, unsigned charset, unsigned family);
// What a character of a symbol font is in Unicode; 0 if there is nothing like it.
char32_t unicode_of(const Typeface& typeface, char32_t character);

// The character that a glyph number of the original font shows; 0 if nobody knows.
char32_t character_of_glyph(const Typeface& typeface, unsigned glyph);

struct Face {
    FT_Face face = nullptr; // null: the system has none
    cairo_font_face_t* cairo = nullptr;
};

struct Glyph {
    const Face* face = nullptr;
    unsigned long index = 0;
    double advance = 0; // of the em square
};

class Faces {
public:
    static const Faces& all(); // opened at the first call
    // A glyph from the face for the role, else from any that has it, else a box. Without any font: no face.
    Glyph glyph(char32_t character, Role role, bool bold) const;

private:
    Faces();
    const Face& at(Role role, bool bold) const { return m_faces[static_cast<std::size_t>(role) * 2 + (bold ? 1 : 0)]; }
    std::array<Face, static_cast<std::size_t>(Role::count) * 2> m_faces;
};

} // namespace sekisho::metafile
