#include "services/outcome/breakdown.h"

#include <algorithm>
#include <numeric>
#include <tuple>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "services/base/day.h"

namespace stegvis::outcome {
namespace {

using domain::CodeList;

constexpr size_t kNoValue = SIZE_MAX;
constexpr int kFirstYear = 1800;  // Of Day.
constexpr size_t kYears = 400;
constexpr int64_t kDaysInAllYears = 146'097;

bool IsOfInsats(Dimension dimension) {
  return dimension == Dimension::kFocus ||
         dimension == Dimension::kTargetGroup ||
         dimension == Dimension::kInsats || dimension == Dimension::kForbund;
}

// The first days of the years of Day and of the one after.
const std::vector<int32_t>& FirstDays() {
  static const auto& days = *[] {
    auto* first = new std::vector<int32_t>;
    for (size_t i = 0; i <= kYears; ++i) {
      first->push_back(
          Day::FirstOfYear(kFirstYear + static_cast<int>(i)).Number());
    }
    return first;
  }();
  return days;
}

// A calendar conversion for each fact would take longer than all the rest.
size_t YearPlaceOf(int32_t day) {
  const std::vector<int32_t>& first = FirstDays();
  // Right, or off by one on a day near the border of years.
  auto place =
      static_cast<size_t>((int64_t{day} - first[0]) *
                          static_cast<int64_t>(kYears) / kDaysInAllYears);
  if (day < first[place]) --place;
  if (day >= first[place + 1]) ++place;
  return place;
}

}  // namespace

std::optional<CodeList> CodeListOf(Dimension dimension) {
  switch (dimension) {
    case Dimension::kAgeGroup:
      return CodeList::kAgeGroup;
    case Dimension::kEducation:
      return CodeList::kEducation;
    case Dimension::kReferredBy:
      return CodeList::kReferringParty;
    case Dimension::kMonthsOnSupport:
      return CodeList::kMonthsOnSupport;
    case Dimension::kTargetGroup:
      return CodeList::kTargetGroup;
    case Dimension::kEndReason:
      return CodeList::kEndReason;
    case Dimension::kSex:
    case Dimension::kFocus:
    case Dimension::kInsats:
    case Dimension::kForbund:
    case Dimension::kKommun:
    case Dimension::kYear:
      return std::nullopt;
  }
  return std::nullopt;
}

Breakdown::Breakdown(const std::vector<Dimension>& dimensions,
                     const CodeTables& codes, const Selection& selection,
                     Cells& cells)
    : codes_(codes), selection_(selection), cells_(cells) {
  for (const Dimension dimension : dimensions) {
    asked_[static_cast<size_t>(dimension)] = true;
  }
  size_t values = 0;
  for (size_t i = 0; i < kDimensions; ++i) {
    first_[i] = values;
    if (!asked_[i]) continue;
    dimensions_.push_back(static_cast<Dimension>(i));
    values += ValuesOf(dimensions_.back());
  }
  blocks_.assign(values, kWhole);
}

size_t Breakdown::ValuesOf(Dimension dimension) const {
  switch (dimension) {
    case Dimension::kSex:
      return 2;
    case Dimension::kFocus:
      return codes_.FocusCodes().size();
    case Dimension::kInsats:
      return selection_.Insatser();
    case Dimension::kForbund:
      return selection_.Forbund().size();
    case Dimension::kKommun:
      return size_t{kUnknownKommun} + 1;
    case Dimension::kYear:
      return kYears;
    case Dimension::kReferredBy:
      return size_t{kNoCode} + 1;
    case Dimension::kAgeGroup:
    case Dimension::kEducation:
    case Dimension::kMonthsOnSupport:
    case Dimension::kTargetGroup:
    case Dimension::kEndReason:
      break;
  }
  return codes_.Book().Codes(*CodeListOf(dimension)).size();
}

void Breakdown::BlocksOf(const FactPlace& place,
                         std::vector<BlockNumber>& blocks) {
  blocks.assign(1, kWhole);
  for (const Dimension dimension : dimensions_) {
    if (IsOfInsats(dimension)) {
      AppendInsats(dimension, place.forbund, place.fact.insats, blocks);
      continue;
    }
    const size_t value = ValueOf(dimension, place);
    if (value != kNoValue) blocks.push_back(BlockAt(dimension, value));
  }
}

void Breakdown::BlocksOfInsats(size_t forbund, uint32_t insats,
                               std::vector<BlockNumber>& blocks) {
  blocks.assign(1, kWhole);
  for (const Dimension dimension : dimensions_) {
    if (!IsOfInsats(dimension)) continue;
    AppendInsats(dimension, forbund, insats, blocks);
  }
}

void Breakdown::AppendInsats(Dimension dimension, size_t forbund,
                             uint32_t insats,
                             std::vector<BlockNumber>& blocks) {
  const SelectedForbund& selected = selection_.Forbund()[forbund];
  const InsatsVersion& version = *selected.insatser[insats];
  if (dimension == Dimension::kForbund) {
    blocks.push_back(BlockAt(dimension, forbund));
  } else if (dimension == Dimension::kInsats) {
    blocks.push_back(BlockAt(dimension, selected.first_insats + insats));
  } else if (dimension == Dimension::kFocus && version.focus.has_value()) {
    blocks.push_back(BlockAt(dimension, *version.focus));
  } else if (dimension == Dimension::kTargetGroup) {
    for (const size_t group : version.target_groups) {
      blocks.push_back(BlockAt(dimension, group));
    }
  }
}

void Breakdown::AppendSex(bool man, std::vector<BlockNumber>& blocks) {
  if (!Asked(Dimension::kSex)) return;
  blocks.push_back(BlockAt(Dimension::kSex, man ? 1 : 0));
}

size_t Breakdown::ValueOf(Dimension dimension, const FactPlace& place) const {
  const Fact& fact = place.fact;
  switch (dimension) {
    case Dimension::kSex:
      return fact.man ? 1 : 0;
    case Dimension::kAgeGroup:
      return fact.age_group;
    case Dimension::kEducation:
      return fact.education;
    case Dimension::kReferredBy:
      return fact.referring_party;
    case Dimension::kMonthsOnSupport:
      return fact.months_on_support;
    case Dimension::kKommun:
      return fact.kommun;
    case Dimension::kYear:
      return place.exit_day == kNoDay ? kNoValue : YearPlaceOf(place.exit_day);
    case Dimension::kEndReason:
      return fact.end_reason == kNoCode ? kNoValue : fact.end_reason;
    case Dimension::kFocus:
    case Dimension::kTargetGroup:
    case Dimension::kInsats:
    case Dimension::kForbund:
      break;
  }
  return kNoValue;
}

BlockNumber Breakdown::BlockAt(Dimension dimension, size_t value) {
  BlockNumber& block = blocks_[first_[static_cast<size_t>(dimension)] + value];
  if (block == kWhole) block = cells_.AddBlock();
  return block;
}

void Breakdown::Absorb(const Breakdown& other) {
  cells_.Absorb(kWhole, other.cells_, kWhole);
  for (size_t i = 0; i < blocks_.size(); ++i) {
    if (other.blocks_[i] == kWhole) continue;
    if (blocks_[i] == kWhole) blocks_[i] = cells_.AddBlock();
    cells_.Absorb(blocks_[i], other.cells_, other.blocks_[i]);
  }
}

std::vector<RowPlace> Breakdown::Rows() const {
  const bool several = selection_.Forbund().size() > 1;
  std::vector<RowPlace> rows;
  for (const Dimension dimension : dimensions_) {
    for (const size_t value : OrderOf(dimension)) {
      const BlockNumber block =
          blocks_[first_[static_cast<size_t>(dimension)] + value];
      if (block == kWhole) continue;
      RowPlace row{dimension, TextOf(dimension, value), "", block};
      if (dimension == Dimension::kInsats && several) {
        row.forbund = ForbundOf(value).facts->DisplayName();
      }
      rows.push_back(std::move(row));
    }
  }
  return rows;
}

std::vector<size_t> Breakdown::OrderOf(Dimension dimension) const {
  std::vector<size_t> order(ValuesOf(dimension));
  std::iota(order.begin(), order.end(), size_t{0});
  if (dimension != Dimension::kInsats) return order;
  std::vector<std::tuple<size_t, std::string, size_t>> keys;
  keys.reserve(order.size());
  for (const size_t insats : order) {
    keys.emplace_back(ForbundOf(insats).first_insats,
                      TextOf(Dimension::kInsats, insats), insats);
  }
  std::sort(keys.begin(), keys.end());
  std::transform(keys.begin(), keys.end(), order.begin(),
                 [](const auto& key) { return std::get<2>(key); });
  return order;
}

const SelectedForbund& Breakdown::ForbundOf(size_t insats) const {
  const auto after = std::upper_bound(
      selection_.Forbund().begin(), selection_.Forbund().end(), insats,
      [](size_t number, const SelectedForbund& forbund) {
        return number < forbund.first_insats;
      });
  return *std::prev(after);
}

std::string Breakdown::TextOf(Dimension dimension, size_t value) const {
  switch (dimension) {
    case Dimension::kSex:
      return value == 0 ? "women" : "men";
    case Dimension::kFocus:
      return codes_.FocusCodes()[value];
    case Dimension::kForbund:
      return selection_.Forbund()[value].facts->DisplayName();
    case Dimension::kKommun:
      return value == kUnknownKommun ? "" : absl::StrFormat("%04d", value);
    case Dimension::kYear:
      return absl::StrCat(value + kFirstYear);
    case Dimension::kReferredBy:
      if (value == kNoCode) return "";
      break;
    case Dimension::kInsats: {
      const SelectedForbund& forbund = ForbundOf(value);
      return forbund.insatser[value - forbund.first_insats]->title;
    }
    case Dimension::kAgeGroup:
    case Dimension::kEducation:
    case Dimension::kMonthsOnSupport:
    case Dimension::kTargetGroup:
    case Dimension::kEndReason:
      break;
  }
  return codes_.Book().Codes(*CodeListOf(dimension))[value].code;
}

}  // namespace stegvis::outcome
