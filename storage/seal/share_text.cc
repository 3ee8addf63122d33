#include "storage/seal/share_text.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "services/base/errors.h"
#include "services/base/status_macros.h"
#include "storage/seal/hash.h"

namespace stegvis::seal {
namespace {

constexpr uint8_t kFormat = 1;
constexpr size_t kCheckBytes = 4;
constexpr size_t kBytes = size_t{2} * kShareGroups;
constexpr size_t kGroupDigits = 5;  // Without the check digit.
constexpr int kGroupsInLine = 4;
constexpr uint32_t kHighestGroup = 0xffff;

using ShareBytes = std::array<uint8_t, kBytes>;

// Damm's: from a state and a digit to the next state. Rows and columns hold
// each digit once, so that another digit, or another state at the beginning,
// always ends in another state; so do two neighbours that changed places.
constexpr uint8_t kDamm[10][10] = {
    {0, 3, 1, 7, 5, 9, 8, 6, 4, 2}, {7, 0, 9, 2, 1, 5, 4, 8, 6, 3},
    {4, 2, 0, 6, 8, 7, 1, 3, 5, 9}, {1, 7, 5, 0, 9, 8, 3, 4, 2, 6},
    {6, 1, 2, 3, 0, 4, 5, 9, 7, 8}, {3, 6, 7, 4, 2, 0, 9, 5, 8, 1},
    {5, 8, 6, 9, 7, 2, 0, 1, 3, 4}, {8, 9, 4, 5, 3, 6, 2, 0, 1, 7},
    {9, 4, 3, 8, 6, 1, 7, 2, 0, 5}, {2, 5, 8, 1, 4, 3, 6, 7, 9, 0}};

// Of the group at `place`, from 1: it is begun with, so a group that fits
// here fits at none of the nine places before or after.
uint8_t CheckDigit(size_t place, const uint8_t* digits) {
  auto state = static_cast<uint8_t>(place % 10);
  for (size_t i = 0; i < kGroupDigits; ++i) state = kDamm[state][digits[i]];
  return state;
}

template <typename Bytes>
absl::string_view View(const Bytes& bytes, size_t size) {
  return absl::string_view(reinterpret_cast<const char*>(bytes.data()), size);
}

std::string CheckOf(const ShareBytes& bytes) {
  return Sha256(View(bytes, kBytes - kCheckBytes)).substr(0, kCheckBytes);
}

// Puts parts one after the other, and takes them again.
class Packer {
 public:
  explicit Packer(ShareBytes& bytes) : at_(bytes.data()) {}

  template <typename Part>
  void Put(const Part& part) {
    at_ = std::copy(part.begin(), part.end(), at_);
  }
  void PutByte(uint8_t byte) { *at_++ = byte; }

 private:
  uint8_t* at_;
};

class Unpacker {
 public:
  explicit Unpacker(const ShareBytes& bytes) : at_(bytes.data()) {}

  template <typename Part>
  void Take(Part& part) {
    std::copy_n(at_, part.size(), part.begin());
    at_ += part.size();
  }
  uint8_t TakeByte() { return *at_++; }
  absl::string_view Rest(size_t size) const {
    return absl::string_view(reinterpret_cast<const char*>(at_), size);
  }

 private:
  const uint8_t* at_;
};

void Pack(const KeyShare& share, ShareBytes& bytes) {
  Packer packer(bytes);
  packer.PutByte(kFormat);
  packer.Put(share.set.id);
  packer.PutByte(share.number);
  packer.PutByte(share.set.need);
  packer.PutByte(share.set.of);
  for (const int shift : {24, 16, 8, 0}) {
    packer.PutByte(static_cast<uint8_t>(share.set.key_version >> shift));
  }
  packer.Put(share.set.fingerprint);
  packer.Put(share.bytes.Bytes());
  packer.Put(CheckOf(bytes));
}

bool IsSound(const KeyShare& share) {
  return IsPossible({share.set.of, share.set.need}) && share.number >= 1 &&
         share.number <= share.set.of && share.set.key_version >= 1;
}

absl::StatusOr<KeyShare> Unpack(const ShareBytes& bytes) {
  const bool whole = absl::EndsWith(View(bytes, kBytes), CheckOf(bytes)) &&
                     bytes[0] == kFormat;
  if (!whole) return errors::KeyShareUnreadable();
  Unpacker unpacker(bytes);
  unpacker.TakeByte();
  ShareSet set;
  unpacker.Take(set.id);
  const uint8_t number = unpacker.TakeByte();
  set.need = unpacker.TakeByte();
  set.of = unpacker.TakeByte();
  for (int i = 0; i < 4; ++i) {
    set.key_version = set.key_version << 8 | unpacker.TakeByte();
  }
  unpacker.Take(set.fingerprint);
  KeyShare share = {set, number, *Key::FromBytes(unpacker.Rest(Key::kBytes))};
  if (!IsSound(share)) return errors::KeyShareUnreadable();
  return share;
}

// `123 456`, the group at `place` from 1.
void AppendGroup(size_t place, uint32_t value, SecretText& text) {
  std::array<uint8_t, kGroupDigits> digits;
  for (size_t i = kGroupDigits; i-- > 0; value /= 10) {
    digits[i] = static_cast<uint8_t>(value % 10);
  }
  std::array<char, kGroupDigits + 2> shown;
  for (size_t i = 0; i < kGroupDigits; ++i) {
    shown[i < 3 ? i : i + 1] = static_cast<char>('0' + digits[i]);
  }
  shown[3] = ' ';
  shown.back() = static_cast<char>('0' + CheckDigit(place, digits.data()));
  text.Append(absl::string_view(shown.data(), shown.size()));
  Wipe(digits.data(), digits.size());
  Wipe(shown.data(), shown.size());
}

absl::Status AtGroup(size_t place, const absl::Status& error) {
  return AtField(absl::StrCat("group ", place), error);
}

bool IsDigit(char c) {
  return absl::ascii_isdigit(static_cast<unsigned char>(c));
}

// Of blanks and hyphens that a keyboard has not, but a word processor writes:
// spaces and dashes of U+2000 to U+2015, U+00A0, U+00AD, U+202F, U+2212, BOM.
size_t ForeignBlank(absl::string_view text) {
  for (const absl::string_view known : {"\xc2\xa0", "\xc2\xad", "\xe2\x80\xaf",
                                        "\xe2\x88\x92", "\xef\xbb\xbf"}) {
    if (absl::StartsWith(text, known)) return known.size();
  }
  if (!absl::StartsWith(text, "\xe2\x80") || text.size() < 3) return 0;
  const auto last = static_cast<unsigned char>(text[2]);
  return 0x80 <= last && last <= 0x95 ? 3 : 0;
}

// How many bytes at the beginning are a blank or a hyphen; 0 for none.
size_t Blank(absl::string_view text) {
  const auto first = static_cast<unsigned char>(text.front());
  if (first == '-' || absl::ascii_isspace(first)) return 1;
  return ForeignBlank(text);
}

// Whether there is a word in it: two letters that stand together.
bool IsProse(absl::string_view line) {
  int letters = 0;
  while (!line.empty() && letters < 2) {
    const auto first = static_cast<unsigned char>(line.front());
    const size_t blank = Blank(line);
    const bool letter =
        blank == 0 && (absl::ascii_isalpha(first) || first >= 0x80);
    letters = letter ? letters + 1 : 0;
    line.remove_prefix(std::max<size_t>(blank, 1));
  }
  return letters == 2;
}

// The digits at the beginning.
absl::string_view LeadingDigits(absl::string_view text) {
  const auto* end = std::find_if_not(text.begin(), text.end(), IsDigit);
  return text.substr(0, static_cast<size_t>(end - text.begin()));
}

// Whether `text` goes on as after a group's number.
bool EndsNumber(absl::string_view text) {
  return !text.empty() && absl::StrContains(":.)", text.front());
}

}  // namespace

SecretText ShareText(const KeyShare& share) {
  ShareBytes bytes{};
  Pack(share, bytes);
  SecretText text;
  for (int group = 1; group <= kShareGroups; ++group) {
    const size_t at = size_t{2} * static_cast<size_t>(group - 1);
    text.Append(absl::StrCat(group < 10 ? "   " : "  ", group, ": "));
    AppendGroup(static_cast<size_t>(group),
                static_cast<uint32_t>(bytes[at] << 8 | bytes[at + 1]), text);
    text.Append(group % kGroupsInLine == 0 ? "\n" : "  ");
  }
  Wipe(bytes.data(), bytes.size());
  return text;
}

ShareReader::Draft::~Draft() {
  Wipe(bytes.data(), bytes.size());
  Wipe(digits.data(), digits.size());
}

absl::Status ShareReader::AddLine(absl::string_view line) {
  if (IsProse(line)) return absl::OkStatus();
  const size_t known = shares_.size();
  Draft draft = draft_;
  absl::Status read = Read(line, draft);
  if (read.ok()) {
    draft_ = draft;
  } else {
    while (shares_.size() > known) shares_.pop_back();
  }
  return read;
}

absl::Status ShareReader::Read(absl::string_view line, Draft& draft) {
  while (!line.empty()) {
    const size_t blank = Blank(line);
    if (blank > 0) {
      line.remove_prefix(blank);
      continue;
    }
    const absl::string_view digits = LeadingDigits(line);
    line.remove_prefix(digits.size());
    if (EndsNumber(line)) {
      size_t place = 0;
      if (draft.digit_count > 0 || !absl::SimpleAtoi(digits, &place) ||
          place != draft.groups + 1) {
        return AtGroup(draft.groups + 1, errors::KeyShareGroupWrong());
      }
      line.remove_prefix(1);
      continue;
    }
    if (digits.empty()) {
      return AtGroup(draft.groups + 1, errors::KeyShareGroupWrong());
    }
    RETURN_IF_ERROR(AddDigits(digits, draft));
  }
  return absl::OkStatus();
}

absl::Status ShareReader::AddDigits(absl::string_view digits, Draft& draft) {
  for (const char digit : digits) {
    draft.digits[draft.digit_count++] = static_cast<uint8_t>(digit - '0');
    if (draft.digit_count < draft.digits.size()) continue;

    const size_t place = draft.groups + 1;
    uint32_t value = 0;
    for (size_t i = 0; i < kGroupDigits; ++i) {
      value = value * 10 + draft.digits[i];
    }
    if (draft.digits.back() != CheckDigit(place, draft.digits.data()) ||
        value > kHighestGroup) {
      return AtGroup(place, errors::KeyShareGroupWrong());
    }
    draft.bytes[2 * draft.groups] = static_cast<uint8_t>(value >> 8);
    draft.bytes[2 * draft.groups + 1] = static_cast<uint8_t>(value);
    draft.digit_count = 0;
    ++draft.groups;
    if (draft.groups == kShareGroups) RETURN_IF_ERROR(EndShare(draft));
  }
  return absl::OkStatus();
}

absl::Status ShareReader::EndShare(Draft& draft) {
  ASSIGN_OR_RETURN(KeyShare share, Unpack(draft.bytes));
  shares_.push_back(std::move(share));
  draft = Draft();
  return absl::OkStatus();
}

absl::Status ShareReader::Finish() const {
  const bool begun = draft_.groups > 0 || draft_.digit_count > 0;
  if (!begun && !shares_.empty()) return absl::OkStatus();
  return AtGroup(draft_.groups + 1, errors::KeyShareIncomplete());
}

}  // namespace stegvis::seal
