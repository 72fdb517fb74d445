sekisho_fuzzer(fuzz_text SOURCES fuzz_text.cpp LINKS format_text verify_text)
sekisho_fuzzer(fuzz_verify_text SOURCES fuzz_verify_text.cpp LINKS verify_text)
