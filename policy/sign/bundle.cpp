#include "policy/sign/bundle.h"

#include "policy/sign/signature.h"
#include "policy/sign/wire.h"

namespace sekisho::sign {

namespace {

constexpr std::string_view magic = "sekisho-policy-bundle 1\n";

Result<std::string> read_text(ByteReader& reader, std::size_t most) {
    const View octets = TRY(read_string(reader));
    if (octets.size() > most) return refuse(Problem::bundle_format);
    return std::string(as_text(octets));
}

Result<Bundle> read_bundle(View octets) {
    ByteReader reader(octets);
    if (as_text(TRY(reader.bytes(magic.size()))) != magic) return refuse(Problem::bundle_format);
    Bundle bundle;
    bundle.manifest = TRY(read_text(reader, manifest_max));
    bundle.signatures = TRY(read_text(reader, signature_file_max));
    while (!reader.at_end()) {
        if (bundle.files.size() == files_max) return refuse(Problem::bundle_format);
        NamedText file;
        file.name = TRY(read_text(reader, 255));
        file.text = TRY(read_text(reader, file_bytes_max));
        if (!is_file_name(file.name)) return refuse(Problem::bundle_format);
        bundle.files.push_back(std::move(file));
    }
    if (bundle.files.empty()) return refuse(Problem::bundle_format);
    return bundle;
}

} // namespace

Bytes Bundle::encode() const {
    ByteWriter writer;
    writer.text(magic);
    write_string(writer, as_view(manifest));
    write_string(writer, as_view(signatures));
    for (const NamedText& file : files) {
        write_string(writer, as_view(file.name));
        write_string(writer, as_view(file.text));
    }
    return writer.take();
}

Result<Bundle> Bundle::decode(View octets) {
    if (octets.size() > bundle_max) return refuse(Problem::bundle_format);
    auto bundle = read_bundle(octets);
    if (!bundle) return refuse(Problem::bundle_format);
    return bundle;
}

} // namespace sekisho::sign
