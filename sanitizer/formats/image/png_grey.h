// The rows of a PNG in grey, for who looks at what they show.
#pragma once

#include "sanitizer/formats/codes/grey.h"
#include "sanitizer/formats/image/png_plan.h"

namespace sekisho::image {

class PngGrey {
public:
    explicit PngGrey(const PngPlan& plan);
    void add(View row); // as the shape says
    const codes::Grey& grey() const { return m_grey; }

private:
    void add_samples(View row);

    PngShape m_shape;
    std::array<std::uint8_t, 256> m_palette{}; // of each index; transparent is white
    Bytes m_samples;
    codes::Grey m_grey;
};

} // namespace sekisho::image
