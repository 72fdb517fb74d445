#pragma once

#include <string>

#include "base/ipc/loop.h"
#include "sanitizer/worker/pool.h"

namespace sekisho::sanitizer {

// The way from the workers to the converter: a connection that is made here and used by the zygote alone. While there
// is none, documents that need one fail, to be tried again, and all others go on.
class Conversion {
public:
    Conversion(Loop& loop, std::string path) : m_loop(loop), m_path(std::move(path)) {}
    ~Conversion();
    Conversion(const Conversion&) = delete;
    Conversion& operator=(const Conversion&) = delete;

    // Connects, now and whenever the converter was started anew. The pool must outlive it.
    Result<> keep(worker::Pool& pool);

private:
    Loop& m_loop;
    std::string m_path;
    Descriptor m_connection;
};

} // namespace sekisho::sanitizer
