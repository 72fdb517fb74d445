// What the data of each kind of stream must be. Named by the grammar tables.
#pragma once

#include "sanitizer/verify/pdf/walk.h"

namespace sekisho::verify {

// Each looks at one stream object.
Result<> content_payload(Walk& walk, const Object& stream);
Result<> image_payload(Walk& walk, const Object& stream);
Result<> cmap_payload(Walk& walk, const Object& stream);
Result<> calculator_payload(Walk& walk, const Object& stream);
Result<> samples_payload(Walk& walk, const Object& stream);
Result<> mesh_payload(Walk& walk, const Object& stream);
Result<> profile_payload(Walk& walk, const Object& stream);
Result<> glyph_map_payload(Walk& walk, const Object& stream);
Result<> type1_payload(Walk& walk, const Object& stream);
Result<> truetype_payload(Walk& walk, const Object& stream);
Result<> compact_font_payload(Walk& walk, const Object& stream);

// The same checks on plain bytes.
Result<> check_operators(View content);
Result<> check_jpeg(View data, std::uint64_t width, std::uint64_t height, int& components);
Result<> check_sfnt(View data, bool compact);
Result<> check_cff(View data);
Result<> check_type1(View data);

// The number of components of a colour space that the grammar accepts; 0 for a pattern or an unsound one.
Result<int> color_components(Walk& walk, const Object& raw);

} // namespace sekisho::verify
