// What a document carries, told before it is converted; and what the converter has to be told.
#pragma once

#include "sanitizer/core/job.h"

namespace sekisho::legacy {

struct Seen {
    bool encrypted = false;
    bool old = false; // of before 1997
};

// Records findings. Refuses what is damaged.
Result<Seen> look(Job& job);

Result<Seen> look_at_compound_file(Job& job);
Result<> look_at_rtf(Job& job);
Result<> look_at_xlsb(Job& job);
Result<> look_at_office_xml(Job& job);

// A stream "Workbook" or "Book" and one "PowerPoint Document", as Excel and PowerPoint write them.
Result<Seen> look_at_workbook(Context& context, View stream);
Result<> look_at_slides(Context& context, View stream);
// Fields of a stream "WordDocument".
void look_at_fields(Context& context, View stream);

} // namespace sekisho::legacy
