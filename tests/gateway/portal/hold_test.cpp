// Keeps the portal open for a look with a browser: SEKISHO_PORTAL_HOLD=seconds.
#include <cstdlib>
#include <iostream>
#include <thread>

#include "rig.h"

namespace sekisho::portal::tests {

TEST_F(PortalTest, StaysOpenForALook) {
    const char* seconds = std::getenv("SEKISHO_PORTAL_HOLD");
    if (!seconds) GTEST_SKIP() << "SEKISHO_PORTAL_HOLD is not set";
    StoredFile file;
    file.id = new_transfer_id();
    file.wanted.name = "予算.xlsx";
    file.wanted.sender = {"suzuki", "p-0002", "鈴木 花子", {}};
    file.wanted.zone_to = "internet";
    file.wanted.comment = "至急";
    file.wanted.size = 5;
    file.state = State::held;
    ledger().put(file);
    std::cout << url("/") << std::endl;
    std::this_thread::sleep_for(std::chrono::seconds(std::atoi(seconds)));
}

} // namespace sekisho::portal::tests
