sekisho_fuzzer(fuzz_policy SOURCES fuzz_policy.cpp ${PROJECT_SOURCE_DIR}/tests/policy/print.cpp LINKS policy_engine)
