sekisho_fuzzer(fuzz_svg SOURCES fuzz_svg.cpp LINKS format_svg format_image verify_svg)
sekisho_fuzzer(fuzz_verify_svg SOURCES fuzz_verify_svg.cpp LINKS verify_svg)
