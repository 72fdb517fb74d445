#pragma once

#include <array>

#include "base/crypto/crypto.h"
#include "gateway/cli/arguments.h"

namespace sekisho::cli {

#define SEKISHO_AUDIT_PLACE                                                                                                            \
    OptionRow{"--settings", "FILE", "settings (default: /etc/sekisho/sekisho.toml)",                                                   \
              "設定ファイル（既定：/etc/sekisho/sekisho.toml）"},                                                                      \
        OptionRow{"--log", "DIR", "the log's folder (default: from the settings)",                                                     \
                  "監査ログのフォルダー（既定：設定による）"},                                                                         \
        OptionRow {                                                                                                                    \
        "--key", "FILE", "the log's public key (default: from the settings)", "監査ログの公開鍵（既定：設定による）" \
    }
#define SEKISHO_AUDIT_FILTER                                                                                           \
    OptionRow{"--transfer", "ID", "only records of this transfer", "この受渡しの記録のみ"},                            \
        OptionRow{"--event", "NAME", "only this event", "この事象のみ"},                                               \
        OptionRow{"--source", "PROCESS", "only from this process", "このプロセスの記録のみ"},                          \
        OptionRow{"--since", "TIME", "from this time on (2026-04-01T00:00:00Z)", "この時刻以降"}, OptionRow {          \
        "--until", "TIME", "before this time", "この時刻より前"                                                 \
    }

inline constexpr std::array audit_verify_options{SEKISHO_AUDIT_PLACE, OptionRow{"--json", "", "as JSON", "JSONで出力"}};
inline constexpr std::array audit_search_options{SEKISHO_AUDIT_PLACE, SEKISHO_AUDIT_FILTER};
inline constexpr std::array audit_proof_options{SEKISHO_AUDIT_PLACE};
#undef SEKISHO_AUDIT_PLACE
#undef SEKISHO_AUDIT_FILTER

inline constexpr std::array receipt_verify_options{
    OptionRow{"--settings", "FILE", "settings (default: /etc/sekisho/sekisho.toml)",
              "設定ファイル（既定：/etc/sekisho/sekisho.toml）"},
    OptionRow{"--key", "FILE", "the log's public key (default: from the settings)", "監査ログの公開鍵（既定：設定による）"},
    OptionRow{"--json", "", "as JSON", "JSONで出力"},
};

// Where the log and its public key lie: as the options say, else as the settings do.
struct AuditPlace {
    std::string directory;
    std::string key_file;
};
Result<PublicKey> audit_key(const Arguments& arguments);
Result<PublicKey> public_key_of(const std::string& path);

int audit_verify(const Arguments& arguments);
int audit_search(const Arguments& arguments);
int audit_export(const Arguments& arguments);
int audit_check_proof(const Arguments& arguments);
// Whether a receipt is what its gateway signed, and whether a file is the one that it speaks of.
int receipt_verify(const Arguments& arguments);

} // namespace sekisho::cli
