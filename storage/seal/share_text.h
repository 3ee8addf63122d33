// A share as digits that a person can copy from paper by hand: 28 groups, each
// of two bytes in five digits and a check digit that depends on the group's
// place. storage/README.md has the layout, "A share on paper".
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "storage/seal/key_shares.h"
#include "storage/seal/secret_text.h"

namespace stegvis::seal {

inline constexpr int kShareGroups = 28;

// Lines of numbered groups: ` 1: 123 456    2: …`.
SecretText ShareText(const KeyShare& share);

// Reads shares out of lines, one share after the other. Blanks, hyphens and
// line breaks may stand anywhere, the groups' numbers may be there or not, and
// a line with a word in it is passed over. One thread.
class ShareReader {
 public:
  // Reads one line. A line with a fault changes nothing, so that it can be
  // written again. INVALID_ARGUMENT with
  //   KEY_SHARE_GROUP_WRONG at `group N`: mistyped, left out or out of place,
  //   KEY_SHARE_UNREADABLE when the line ends a share whose groups fit, but
  //   not together, or that a newer program made.
  absl::Status AddLine(absl::string_view line);

  // INVALID_ARGUMENT with KEY_SHARE_INCOMPLETE at `group N`, the first that is
  // missing, when a share has begun or none was there at all.
  absl::Status Finish() const;

  // Forgets what has come of the share that is not complete.
  void StartOver() { draft_ = Draft(); }

  // The group that the next line begins with.
  int NextGroup() const { return static_cast<int>(draft_.groups) + 1; }

  std::vector<KeyShare>& Shares() { return shares_; }

 private:
  // A share as far as it has come; wipes itself.
  struct Draft {
    Draft() = default;
    Draft(const Draft&) = default;
    Draft& operator=(const Draft&) = default;
    ~Draft();

    std::array<uint8_t, size_t{2} * kShareGroups> bytes{};
    size_t groups = 0;
    std::array<uint8_t, 6> digits{};  // Of the group that has begun.
    size_t digit_count = 0;
  };

  absl::Status Read(absl::string_view line, Draft& draft);
  absl::Status AddDigits(absl::string_view digits, Draft& draft);
  absl::Status EndShare(Draft& draft);

  Draft draft_;
  std::vector<KeyShare> shares_;
};

}  // namespace stegvis::seal
