#include "tests/sanitizer/samples/qr.h"

#include <string>

#include <ZXing/BarcodeFormat.h>
#include <ZXing/BitMatrix.h>
#include <ZXing/MultiFormatWriter.h>

namespace sekisho::tests {

Bytes qr_code(std::string_view text, unsigned scale) {
    ZXing::MultiFormatWriter writer(ZXing::BarcodeFormat::QRCode);
    const ZXing::BitMatrix modules = writer.setMargin(4).encode(std::string(text), 0, 0);
    const unsigned side = static_cast<unsigned>(modules.width()) * scale;
    Bytes file = to_bytes("P5 " + std::to_string(side) + " " + std::to_string(side) + " 255\n");
    for (unsigned y = 0; y < side; ++y)
        for (unsigned x = 0; x < side; ++x)
            file.push_back(modules.get(static_cast<int>(x / scale), static_cast<int>(y / scale)) ? 0 : 0xFF);
    return file;
}

} // namespace sekisho::tests
