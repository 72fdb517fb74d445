#pragma once

#include <array>

#include "gateway/cli/arguments.h"

namespace sekisho::cli {

inline constexpr std::array demo_options{
    OptionRow{"--once", "", "end when the files have crossed: exit 0 all delivered, 10 one refused",
              "ファイルの受渡し後に終了する（0：すべて配送、10：差戻しあり）"},
    OptionRow{"--out", "DIR", "where delivered files and receipts go (default: out)",
              "受け取ったファイルと証明の出力先（既定：out）"},
    OptionRow{"--state", "DIR", "where the demonstration lives (default: /var/lib/sekisho-demo)",
              "デモの置き場所（既定：/var/lib/sekisho-demo）"},
    OptionRow{"--share", "DIR", "the project's folder (default: the current one)",
              "プロジェクトのフォルダー（既定：現在のフォルダー）"},
    OptionRow{"--port", "N", "the first of three ports (default: 8441)", "三つ続く待受ポートの先頭（既定：8441）"},
    OptionRow{"--isolate", "", "put each zone into a network namespace of its own",
              "領域ごとに独立したネットワーク名前空間を使う"},
};

// A gateway with three zones on this machine, demonstration accounts and the default policy; sends the named files (or
// a sample) from the Internet zone to the LGWAN zone.
int demo(const Arguments& arguments);

} // namespace sekisho::cli
