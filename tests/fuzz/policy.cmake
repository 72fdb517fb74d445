sekisho_fuzzer(fuzz_policy SOURCES fuzz_policy.cpp LINKS policy_engine)
