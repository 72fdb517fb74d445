#pragma once

#include "base/ipc/server.h"
#include "sanitizer/worker/pool.h"

namespace sekisho::converter {

// Answers worker::Convert.
class Service {
public:
    explicit Service(worker::Pool& pool) : m_pool(pool) {}
    void handle(Call call);

private:
    worker::Pool& m_pool;
};

} // namespace sekisho::converter
