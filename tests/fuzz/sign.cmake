sekisho_fuzzer(fuzz_sign SOURCES fuzz_sign.cpp LINKS policy_sign)
