// The key source in shares, for an office that keeps them in its safes. Works
// on files alone; no share ever crosses the network.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "services/base/day.h"
#include "storage/seal/key_shares.h"
#include "storage/seal/secret_text.h"

namespace stegvis::offline {

// The pages of a new set of shares of the key source in a file. As the key
// source's file fails, INVALID_ARGUMENT for an impossible sharing, and
// FAILED_PRECONDITION with KEYS_ROTATING while it has more than one key.
absl::StatusOr<std::vector<seal::SecretText>> MakeSharePages(
    const std::string& key_source, const seal::Sharing& sharing, Day made);

// Writes them as andel-1.txt, andel-2.txt … in a new or empty folder, for their
// owner alone; all or none. FAILED_PRECONDITION with FOLDER_NOT_EMPTY;
// RESOURCE_EXHAUSTED with FILE_UNWRITABLE or DISK_FULL.
absl::Status WriteSharePages(absl::Span<const seal::SecretText> pages,
                             const std::string& folder);

// Writes them to an open file, with a form feed between two, so that a printer
// begins a new page. RESOURCE_EXHAUSTED as above.
absl::Status PrintSharePages(absl::Span<const seal::SecretText> pages,
                             int file);

// Where shares come from; asked when everything else is known to be well, for
// somebody may have to type them.
using ShareSource =
    std::function<absl::StatusOr<std::vector<seal::KeyShare>>()>;

// Writes the key source that the shares give to a file that is not there yet;
// its version. FAILED_PRECONDITION with KEY_SOURCE_EXISTS; as seal::Combine,
// the source and the file.
absl::StatusOr<uint32_t> RecoverKeySource(const std::string& key_source,
                                          const ShareSource& shares);

// What the shares have to do with a key source.
struct Drill {
  enum class Outcome { kWorks, kOlder, kNewer, kOther };

  Outcome outcome;
  uint32_t share_version;   // Of the key that the shares give.
  uint32_t source_version;  // Of the one in the file.
};

// Holds the key that the shares give against the key source; shows neither.
// As seal::Combine, the source and MakeSharePages.
absl::StatusOr<Drill> DrillShares(const std::string& key_source,
                                  const ShareSource& shares);

}  // namespace stegvis::offline
