#include "sanitizer/formats/ichitaro/blocks.h"

#include <vector>

#include "sanitizer/catalogue/catalogue.h"

namespace sekisho::ichitaro {

namespace {

constexpr std::string_view store_sign = "SsmgV.01", text_sign = "TextV.01", list_sign = "QLSTV.01";
constexpr std::uint32_t most_pieces = 100'000;

std::unexpected<Error> not_known() {
    return refuse(Reason::jtd_no_text);
}

Result<bool> take_sign(ByteReader& in, std::string_view sign) {
    if (!starts_with(in.rest(), sign)) return false;
    TRY(in.skip(sign.size()));
    return true;
}

// Index, nothing, length in bytes, count of blocks twice, the blocks.
Result<Bytes> piece_of(ByteReader& directory, View blocks, std::uint32_t block_size, std::uint32_t index) {
    const std::uint32_t own = TRY(directory.u32be());
    TRY(directory.skip(4));
    const std::uint32_t length = TRY(directory.u32be());
    const std::uint32_t count = TRY(directory.u32be());
    const std::uint32_t again = TRY(directory.u32be());
    if (own != index || count != again || std::uint64_t{count} * block_size < length) return not_known();
    Bytes made;
    for (std::uint32_t i = 0; i < count; ++i) {
        const std::uint64_t at = std::uint64_t{TRY(directory.u32be())} * block_size;
        // More bytes than there are can only be blocks named twice.
        if (at + block_size > blocks.size() || made.size() > blocks.size()) return not_known();
        const View block = blocks.subspan(static_cast<std::size_t>(at), block_size);
        made.insert(made.end(), block.begin(), block.end());
    }
    made.resize(length);
    return made;
}

Result<> append(std::u16string& units, ByteReader& in, std::uint32_t count) {
    if (in.remaining() / 2 < count) return not_known();
    for (std::uint32_t i = 0; i < count; ++i) units += static_cast<char16_t>(TRY(in.u16be()));
    return {};
}

// A long text is a list of pieces, each with its count of units and where it lies.
Result<std::u16string> units_of_pieces(const std::vector<Bytes>& pieces) {
    ByteReader first(pieces[0]);
    std::u16string units;
    if (TRY(take_sign(first, text_sign))) {
        TRY(append(units, first, TRY(first.u32be())));
        return units;
    }
    if (!TRY(take_sign(first, list_sign))) return not_known();
    const std::uint32_t count = TRY(first.u32be());
    std::vector<bool> used(pieces.size());
    for (std::uint32_t i = 0; i < count; ++i) {
        const std::uint32_t size = TRY(first.u32be());
        const std::uint32_t index = TRY(first.u32be());
        if (index >= pieces.size() || used[index]) return not_known();
        used[index] = true;
        ByteReader piece(pieces[index]);
        TRY(append(units, piece, size));
    }
    return units;
}

Result<std::u16string> read(View document_text) {
    ByteReader in(document_text);
    if (!TRY(take_sign(in, store_sign))) return not_known();
    const std::uint32_t count = TRY(in.u32be());
    const std::uint32_t block_size = TRY(in.u32be());
    const std::uint32_t block_count = TRY(in.u32be());
    if (count == 0 || count > most_pieces || block_size == 0) return not_known();
    const std::uint64_t size = std::uint64_t{block_size} * block_count;
    if (size > in.remaining()) return not_known();
    const View blocks = TRY(in.bytes(static_cast<std::size_t>(size)));
    std::vector<Bytes> pieces;
    std::uint64_t total = 0;
    for (std::uint32_t i = 0; i < count; ++i) {
        pieces.push_back(TRY(piece_of(in, blocks, block_size, i)));
        total += pieces.back().size();
        if (total > blocks.size()) return not_known();
    }
    return units_of_pieces(pieces);
}

} // namespace

Result<std::u16string> units_of(View document_text) {
    auto units = read(document_text);
    if (!units && reason_of(units.error()) == Reason::input_short) return not_known();
    return units;
}

} // namespace sekisho::ichitaro
