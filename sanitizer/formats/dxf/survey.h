// What must be known of a drawing before it is written: its charset, which objects stay, what its blocks grow to.
#pragma once

#include <vector>

#include "sanitizer/core/job.h"
#include "sanitizer/formats/cad/coding.h"

namespace sekisho::dxf {

class Handles {
public:
    enum class Is : std::uint8_t { nowhere, dropped, kept };
    void add(std::uint64_t handle, bool kept);
    // Refuses Reason::cad_damaged if two objects have one handle.
    Result<> finish();
    Is find(std::uint64_t handle) const;

private:
    std::vector<std::uint64_t> m_entries; // handle << 1 | kept; sorted once finished
};

struct Survey {
    cad::Coding from = cad::Coding::cp1252; // of the input
    cad::Coding to = cad::Coding::cp1252;   // of the output
    bool japanese = false;                  // what the output declares of it
    Handles handles;
};

Result<Survey> survey(const Source& in, View file, Context& context);

} // namespace sekisho::dxf
