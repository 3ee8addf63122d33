#include "services/domain/forbund.h"

#include <algorithm>
#include <array>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "services/base/errors.h"
#include "services/base/limits.h"
#include "services/domain/text_checks.h"

namespace stegvis::domain {
namespace {

constexpr size_t kOrganizationDigits = 10;
constexpr size_t kDashPlace = 6;

// SCB's two digits of each län; those that are gone (02, 11, 15, 16) went
// before there were förbund.
constexpr std::array<absl::string_view, 21> kCounties = {
    "01", "03", "04", "05", "06", "07", "08", "09", "10", "12", "13",
    "14", "17", "18", "19", "20", "21", "22", "23", "24", "25"};

// The digits of an organisation number without its dash, if it has one.
std::string WithoutDash(absl::string_view text) {
  if (text.size() != kOrganizationDigits + 1 || text[kDashPlace] != '-') {
    return std::string(text);
  }
  return absl::StrCat(text.substr(0, kDashPlace), text.substr(kDashPlace + 1));
}

void CheckKommuner(const std::vector<Kommun>& kommuner, Faults& faults) {
  if (kommuner.size() > limits::kMaxKommuner) {
    faults.Add("kommuner", reasons::kTooMany);
  }
  for (size_t i = 0; i < kommuner.size(); ++i) {
    const std::string path = absl::StrCat("kommuner[", i, "]");
    faults.AddFrom(absl::StrCat(path, ".code"),
                   CheckKommunCode(kommuner[i].code));
    CheckSize(kommuner[i].district, limits::kMaxTitleBytes,
              absl::StrCat(path, ".district"), faults);
    const auto before = kommuner.begin() + static_cast<ptrdiff_t>(i);
    if (std::find(kommuner.begin(), before, kommuner[i]) != before) {
      faults.Add(absl::StrCat(path, ".code"), reasons::kDuplicate);
    }
  }
}

void CheckParties(const std::vector<Party>& parties, Faults& faults) {
  if (parties.size() > limits::kMaxParties) {
    faults.Add("parties", reasons::kTooMany);
  }
  absl::flat_hash_set<absl::string_view> titles;
  for (size_t i = 0; i < parties.size(); ++i) {
    const std::string path = absl::StrCat("parties[", i, "].title");
    CheckTitle(parties[i].title, path, faults);
    if (!titles.insert(parties[i].title).second) {
      faults.Add(path, reasons::kDuplicate);
    }
  }
}

}  // namespace

absl::StatusOr<OrganizationNumber> OrganizationNumber::Parse(
    absl::string_view text) {
  const std::string digits = WithoutDash(text);
  if (!CheckDigitHolds(digits) || digits[2] < '2') {
    return errors::OrganizationNumberInvalid();
  }
  return OrganizationNumber(absl::StrCat(digits.substr(0, kDashPlace), "-",
                                         digits.substr(kDashPlace)));
}

bool CheckDigitHolds(absl::string_view ten_digits) {
  if (ten_digits.size() != kOrganizationDigits || !AllDigits(ten_digits)) {
    return false;
  }
  int sum = 0;
  for (size_t i = 0; i < ten_digits.size(); ++i) {
    const int product = (ten_digits[i] - '0') * (i % 2 == 0 ? 2 : 1);
    sum += product / 10 + product % 10;
  }
  return sum % 10 == 0;
}

absl::Status CheckKommunCode(absl::string_view code) {
  Faults faults;
  const bool four_digits = code.size() == 4 && AllDigits(code);
  if (!four_digits || std::find(kCounties.begin(), kCounties.end(),
                                code.substr(0, 2)) == kCounties.end()) {
    faults.Add("", reasons::kOutOfRange);
  }
  return faults.ToStatus();
}

absl::Status CheckForbund(const Forbund& forbund) {
  Faults faults;
  CheckTitle(forbund.display_name, "display_name", faults);
  if (forbund.end.has_value() && *forbund.end < forbund.start) {
    faults.Add("end_date", reasons::kEndsBeforeStart);
  }
  CheckSize(forbund.description, limits::kMaxDescriptionBytes, "description",
            faults);
  CheckSize(forbund.contact, limits::kMaxContactBytes, "contact", faults);
  CheckKommuner(forbund.kommuner, faults);
  CheckParties(forbund.parties, faults);
  if (forbund.retention_months < kLeastRetentionMonths ||
      forbund.retention_months > kMostRetentionMonths) {
    faults.Add("retention_months", reasons::kOutOfRange);
  }
  return faults.ToStatus();
}

}  // namespace stegvis::domain
