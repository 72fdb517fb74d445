sekisho_fuzzer(fuzz_codes SOURCES fuzz_codes.cpp LINKS format_codes)
