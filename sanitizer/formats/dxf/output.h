// The writer of DXF text: groups of one object are collected, so that an object can be left out at its end.
#pragma once

#include <string>

#include "sanitizer/core/job.h"

namespace sekisho::dxf {

class Output {
public:
    Output(Sink& sink, Budget& budget) : m_sink(sink), m_budget(budget) {}

    void text(int code, std::string_view value);
    void real(int code, double value);
    void whole(int code, std::int64_t value);
    void handle(int code, std::uint64_t value);
    // What was written since the last call stays, or goes.
    Result<> keep();
    void drop() { m_object.clear(); }
    Result<> finish();

private:
    void code(int code);

    Sink& m_sink;
    Budget& m_budget;
    std::string m_object, m_waiting;
};

} // namespace sekisho::dxf
