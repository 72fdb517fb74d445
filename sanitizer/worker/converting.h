// The Converter of a sanitiser's worker: asks by way of its zygote.
#pragma once

#include "sanitizer/core/budget.h"
#include "sanitizer/core/conversion.h"

namespace sekisho::worker {

class ZygoteConverter final : public Converter {
public:
    ZygoteConverter(const Descriptor& channel, Budget& budget) : m_channel(channel), m_budget(budget) {}
    Result<> convert(const Source& in, Sink& out, const Conversion& conversion) override;

private:
    const Descriptor& m_channel;
    Budget& m_budget;
    std::uint32_t m_next = 1;
};

} // namespace sekisho::worker
