// What of a report may leave for everybody. Only disclosure makes it, so that
// no true count leaves by this door.
#pragma once

#include <cstdint>
#include <optional>

#include "services/outcome/outcome_report.h"

namespace stegvis::disclosure {

// A count of a release: a number, or the mark that it is withheld.
class PublishableCell {
 public:
  // Nothing where it is withheld.
  std::optional<int64_t> Number() const { return number_; }

  friend bool operator==(const PublishableCell&,
                         const PublishableCell&) = default;

 private:
  friend class Publisher;
  explicit PublishableCell(std::optional<int64_t> number) : number_(number) {}

  std::optional<int64_t> number_;
};

// A cell is absent where its number is unknown, or where a release does not
// have it.
struct PublishableCount {
  std::optional<PublishableCell> total, women, men;

  bool Empty() const {
    return !total.has_value() && !women.has_value() && !men.has_value();
  }
  friend bool operator==(const PublishableCount&,
                         const PublishableCount&) = default;
};

using PublishableReport = outcome::ReportOf<PublishableCount>;

}  // namespace stegvis::disclosure
