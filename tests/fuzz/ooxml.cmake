sekisho_fuzzer(fuzz_ooxml SOURCES fuzz_ooxml.cpp LINKS format_ooxml tests_support)
