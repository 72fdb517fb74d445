// The measurements that go through the portals, as a person's browser would.
#pragma once

#include "tests/bench/processes.h"
#include "tests/bench/sender.h"

namespace sekisho::bench {

struct Scene {
    cli::DemoGround ground;
    Session session; // in the zone that sends
    pid_t launcher = 0;
    std::string samples; // directory of the samples' variants
    unsigned variants = 1;
};

// Per sample: wall time of every stage, and processor time of every process.
Result<> measure_samples(const Scene& scene);
// 10 KB texts one after another: from the acknowledgement of the last byte until they are deliverable.
Result<> measure_latency(const Scene& scene, unsigned files);
// Files per second with that many senders, and what each file costs each process.
Result<> measure_rate(const Scene& scene, unsigned senders, unsigned files);
// Small uploads per second that are acknowledged as durable, beside what the disk can do. Leaves the conveyor stopped.
Result<> measure_durable(const Scene& scene);
void print_memory(const Scene& scene);

// A text of its own for every number.
Bytes small_text(unsigned number);

} // namespace sekisho::bench
