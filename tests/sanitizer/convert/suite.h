// The real converter for tests: the program that the gateway runs, with its workers.
#pragma once

#include <optional>

#include "sanitizer/worker/converting.h"
#include "sanitizer/worker/pool.h"

namespace sekisho::tests {

class Suite {
public:
    // `folder`: of the program, if not where it was built.
    explicit Suite(const worker::Options& options = usual_options(), const std::string& folder = {});

    // None at all if LibreOffice or our module is not installed.
    static bool is_installed();
    static worker::Options usual_options();

    Result<Bytes> convert(View document, const Conversion& conversion);
    Converter& converter() { return *m_converter; }
    // Of one job, with its budget.
    worker::ZygoteConverter converter(Budget& budget) { return {m_channel, budget}; }

private:
    Descriptor m_channel;
    Budget m_budget{Limits{}};
    std::optional<worker::ZygoteConverter> m_converter;
};

} // namespace sekisho::tests
