sekisho_fuzzer(fuzz_legacy SOURCES fuzz_legacy.cpp LINKS format_legacy)
