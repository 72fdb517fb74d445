#include <algorithm>
#include <array>

#include "gateway/portal/page/page.h"

namespace sekisho::portal {

namespace {
// Made when built (see embed.cmake): arrays of bytes, and one row of `assets` for each.
#include "portal_assets.inc"
} // namespace

std::span<const Asset> all_assets() {
    return assets;
}

const Asset* find_asset(std::string_view name) {
    const auto found = std::ranges::find(assets, name, &Asset::name);
    return found == assets.end() ? nullptr : &*found;
}

} // namespace sekisho::portal
