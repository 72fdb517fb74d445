// PDF by drawing: what the rebuild wrote is drawn anew by Poppler and Cairo as vectors, or only its characters are
// taken.
#pragma once

#include "sanitizer/core/job.h"

namespace sekisho::pdf {

// Rebuilds, draws every page anew and rebuilds the drawing. Writes a PDF without links, bookmarks, fields or layers.
Result<Type> flatten(Job& job);

// Delivers what another room drew with Cairo at the level flatten, by the rebuild as any PDF.
Result<Type> deliver_drawing(Job& job, View file);

// Writes the characters in reading order as UTF-8, pages apart by an empty line.
Result<Type> text(Job& job);

// Loads what libraries load lazily (fonts' index, CMaps, symbol tables) by drawing a built-in page. Call it once before
// the process is confined.
void warm_up();

} // namespace sekisho::pdf
