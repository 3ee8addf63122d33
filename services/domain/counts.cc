#include "services/domain/counts.h"

#include "services/base/errors.h"
#include "services/base/limits.h"
#include "services/base/status_macros.h"

namespace stegvis::domain {
namespace {

absl::Status CheckMethod(CountKind kind, const Insats& insats) {
  switch (kind) {
    case CountKind::kAnonymous:
      if (insats.method == RegistrationMethod::kPersonal) break;
      return errors::MethodIsVolume();
    case CountKind::kVolume:
      if (insats.method == RegistrationMethod::kVolume) break;
      return errors::MethodIsPersonal();
  }
  return absl::OkStatus();
}

void CheckYear(int year, const Insats& insats, Day today, Faults& faults) {
  if (year < limits::kFirstYear) {
    faults.Add("year", reasons::kOutOfRange);
    return;
  }
  if (year > today.Year()) {
    faults.Add("year", reasons::kDateInFuture);
    return;
  }
  const bool over =
      insats.end.has_value() && *insats.end < Day::FirstOfYear(year);
  if (over || insats.start > Day::LastOfYear(year)) {
    faults.Add("year", reasons::kOutsideInsats);
  }
}

bool InRange(int64_t number) {
  return number >= 0 && number <= limits::kMaxCount;
}

void CheckNumber(const std::optional<int64_t>& number, absl::string_view path,
                 Faults& faults) {
  if (number.has_value() && !InRange(*number)) {
    faults.Add(path, reasons::kOutOfRange);
  }
}

void CheckWhatIsMissing(const CountStatement& said, Faults& faults) {
  const bool any_sex = said.women.has_value() || said.men.has_value();
  if (said.kind == CountKind::kVolume && !any_sex) {
    if (!said.total.has_value()) faults.Add("total", reasons::kMissing);
    return;
  }
  if (!said.women.has_value()) faults.Add("women", reasons::kMissing);
  if (!said.men.has_value()) faults.Add("men", reasons::kMissing);
}

// The sum of women and men, where both are given and can be added.
std::optional<int64_t> SumOf(const CountStatement& said) {
  if (!said.women.has_value() || !InRange(*said.women)) return std::nullopt;
  if (!said.men.has_value() || !InRange(*said.men)) return std::nullopt;
  return *said.women + *said.men;
}

void CheckSum(const CountStatement& said, int64_t sum, Faults& faults) {
  if (!said.total.has_value()) CheckNumber(sum, "total", faults);
  if (said.total.value_or(sum) != sum) {
    faults.Add("total", reasons::kSumDiffers);
  }
}

}  // namespace

absl::StatusOr<Count> MakeCount(const CountStatement& said,
                                const Insats& insats, Day today) {
  RETURN_IF_ERROR(CheckMethod(said.kind, insats));
  Faults faults;
  CheckYear(said.year, insats, today, faults);
  CheckNumber(said.total, "total", faults);
  CheckNumber(said.women, "women", faults);
  CheckNumber(said.men, "men", faults);
  CheckWhatIsMissing(said, faults);
  const std::optional<int64_t> sum = SumOf(said);
  if (sum.has_value()) CheckSum(said, *sum, faults);
  if (!faults.Empty()) return faults.ToStatus();

  return Count{.insats = insats.id,
               .kind = said.kind,
               .year = said.year,
               .total = sum.has_value() ? *sum : *said.total,
               .women = said.women,
               .men = said.men,
               .migrated = false};
}

}  // namespace stegvis::domain
