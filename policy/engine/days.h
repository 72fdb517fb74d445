// Sets of days with three values: in it, not in it, not known. Inside the room only.
#pragma once

#include "policy/engine/compiled.h"

namespace sekisho::policy {

// By Kleene's logic: in `together` a day is in the one or in the other, in `without` it is in the one and not in the
// other. Names and places are lost.
CompiledCalendar together(const CompiledCalendar& one, const CompiledCalendar& other);
CompiledCalendar without(const CompiledCalendar& one, const CompiledCalendar& other);

} // namespace sekisho::policy
