#include <string_view>

#include "sanitizer/formats/image/icc.h"

namespace sekisho::image {

namespace {

constexpr std::string_view description = "Colour profile";
constexpr std::string_view copyright = "No copyright";

struct Tag {
    std::string_view signature;
    Bytes content;
};

void begin(ByteWriter& writer, std::string_view type) {
    writer.text(type);
    writer.u32be(0);
}

// multiLocalizedUnicodeType (version 4), one record in English.
Bytes localized(std::string_view text) {
    ByteWriter writer;
    begin(writer, "mluc");
    writer.u32be(1);
    writer.u32be(12);
    writer.text("enUS");
    writer.u32be(static_cast<std::uint32_t>(text.size() * 2));
    writer.u32be(28);
    for (const char letter : text) writer.u16be(static_cast<std::uint8_t>(letter));
    return writer.take();
}

// textDescriptionType (version 2): ASCII, then an empty Unicode and an empty 67-byte Macintosh one.
Bytes described(std::string_view text) {
    ByteWriter writer;
    begin(writer, "desc");
    writer.u32be(static_cast<std::uint32_t>(text.size() + 1));
    writer.text(text);
    writer.u8(0);
    for (int i = 0; i < 4 + 4 + 2 + 1 + 67; ++i) writer.u8(0);
    return writer.take();
}

Bytes plain_text(std::string_view text) {
    ByteWriter writer;
    begin(writer, "text");
    writer.text(text);
    writer.u8(0);
    return writer.take();
}

template <typename Numbers> Bytes fixed(std::string_view type, const Numbers& numbers) {
    ByteWriter writer;
    begin(writer, type);
    for (const std::int32_t number : numbers) writer.u32be(static_cast<std::uint32_t>(number));
    return writer.take();
}

Bytes curve_content(const Curve& curve) {
    if (curve.parametric) {
        ByteWriter writer;
        begin(writer, "para");
        writer.u16be(curve.function);
        writer.u16be(0);
        for (const std::int32_t value : curve.values) writer.u32be(static_cast<std::uint32_t>(value));
        return writer.take();
    }
    ByteWriter writer;
    begin(writer, "curv");
    writer.u32be(static_cast<std::uint32_t>(curve.values.size()));
    for (const std::int32_t value : curve.values) writer.u16be(static_cast<std::uint16_t>(value));
    return writer.take();
}

std::vector<Tag> tags_of(const Profile& profile) {
    const bool modern = profile.version == 4;
    std::vector<Tag> tags;
    tags.push_back({"desc", modern ? localized(description) : described(description)});
    tags.push_back({"cprt", modern ? localized(copyright) : plain_text(copyright)});
    tags.push_back({"wtpt", fixed("XYZ ", profile.white)});
    if (profile.adaptation) tags.push_back({"chad", fixed("sf32", *profile.adaptation)});
    if (profile.grey) {
        tags.push_back({"kTRC", curve_content(profile.curves[0])});
        return tags;
    }
    tags.push_back({"rXYZ", fixed("XYZ ", profile.colorants[0])});
    tags.push_back({"gXYZ", fixed("XYZ ", profile.colorants[1])});
    tags.push_back({"bXYZ", fixed("XYZ ", profile.colorants[2])});
    tags.push_back({"rTRC", curve_content(profile.curves[0])});
    tags.push_back({"gTRC", curve_content(profile.curves[1])});
    tags.push_back({"bTRC", curve_content(profile.curves[2])});
    return tags;
}

// ICC.1:2022 section 7.2. The date is fixed so that the same picture always gives the same file.
void write_header(ByteWriter& writer, const Profile& profile, std::uint32_t size) {
    writer.u32be(size);
    writer.u32be(0);
    writer.u32be(profile.version == 4 ? 0x04200000 : 0x02100000);
    writer.text("mntr");
    writer.text(profile.grey ? "GRAY" : "RGB ");
    writer.text("XYZ ");
    writer.u16be(2000);
    writer.u16be(1);
    writer.u16be(1);
    for (int i = 0; i < 3; ++i) writer.u16be(0);
    writer.text("acsp");
    for (int i = 0; i < 7; ++i) writer.u32be(0); // platform, flags, device, attributes, intent
    writer.u32be(0x0000F6D6);                    // the illuminant D50
    writer.u32be(0x00010000);
    writer.u32be(0x0000D32D);
    for (int i = 0; i < 12; ++i) writer.u32be(0);
}

std::uint32_t padded(std::size_t size) {
    return static_cast<std::uint32_t>((size + 3) / 4 * 4);
}

} // namespace

Bytes write_profile(const Profile& profile) {
    const std::vector<Tag> tags = tags_of(profile);
    const auto count = static_cast<std::uint32_t>(tags.size());
    std::uint32_t size = 132 + 12 * count;
    for (const Tag& tag : tags) size += padded(tag.content.size());
    ByteWriter writer;
    write_header(writer, profile, size);
    writer.u32be(count);
    std::uint32_t offset = 132 + 12 * count;
    for (const Tag& tag : tags) {
        writer.text(tag.signature);
        writer.u32be(offset);
        writer.u32be(static_cast<std::uint32_t>(tag.content.size()));
        offset += padded(tag.content.size());
    }
    for (const Tag& tag : tags) {
        writer.raw(tag.content);
        while (writer.size() % 4 != 0) writer.u8(0);
    }
    return writer.take();
}

} // namespace sekisho::image
