sekisho_fuzzer(fuzz_jpeg SOURCES fuzz_jpeg.cpp LINKS format_image verify_image)
sekisho_fuzzer(fuzz_png SOURCES fuzz_png.cpp LINKS format_image verify_image)
sekisho_fuzzer(fuzz_verify_image SOURCES fuzz_verify_image.cpp LINKS verify_image)
