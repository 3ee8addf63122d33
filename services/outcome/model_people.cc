#include "services/outcome/model_people.h"

#include <algorithm>
#include <cstdlib>
#include <map>
#include <set>
#include <tuple>

namespace stegvis::outcome {
namespace {

using domain::Code;
using domain::CodeList;
using domain::Count;
using domain::Insats;
using domain::Participation;

const domain::CodeBook& Book() { return testing::TestCodeBook(); }

bool WrongRegistration(const Participation& p) {
  return p.exit.has_value() && p.exit->end_reason == "felregistrering";
}

// The lists whose codes are the values of a dimension.
std::vector<CodeList> ListsOf(Dimension dimension) {
  static const auto& lists = *new std::map<Dimension, std::vector<CodeList>>{
      {Dimension::kAgeGroup, {CodeList::kAgeGroup}},
      {Dimension::kEducation, {CodeList::kEducation}},
      {Dimension::kReferredBy, {CodeList::kReferringParty}},
      {Dimension::kMonthsOnSupport, {CodeList::kMonthsOnSupport}},
      {Dimension::kFocus,
       {CodeList::kFocusIndividual, CodeList::kFocusStructural}},
      {Dimension::kTargetGroup, {CodeList::kTargetGroup}},
      {Dimension::kEndReason, {CodeList::kEndReason}}};
  const auto found = lists.find(dimension);
  return found == lists.end() ? std::vector<CodeList>() : found->second;
}

std::vector<std::string> CodesOf(Dimension dimension) {
  std::vector<std::string> codes;
  for (const CodeList list : ListsOf(dimension)) {
    for (const Code& code : Book().Codes(list)) codes.push_back(code.code);
  }
  return codes;
}

}  // namespace

ModelPeople::ModelPeople(const World& world, const ReportRequest& request)
    : world_(world), request_(request) {
  for (const ForbundId& id : request_.forbund) {
    for (const WorldForbund& forbund : world_.Forbund()) {
      if (forbund.id == id) forbund_.push_back(&forbund);
    }
  }
  for (size_t i = 0; i < forbund_.size(); ++i) {
    ReadPeople(i);
    ReadCounts(i);
  }
}

bool ModelPeople::InPeriod(Day day) const {
  return request_.from <= day && day <= request_.to;
}

bool ModelPeople::Started(const Participation& p) const {
  return InPeriod(p.entry.day);
}

bool ModelPeople::Ongoing(const Participation& p) const {
  return p.entry.day <= request_.to &&
         (!p.exit.has_value() || p.exit->day > request_.to);
}

bool ModelPeople::Ended(const Participation& p) const {
  return p.exit.has_value() && InPeriod(p.exit->day);
}

bool ModelPeople::InBase(const Participation& p) const {
  const std::vector<std::string>& left_out = request_.excluded_end_reasons;
  return Ended(p) &&
         std::count(left_out.begin(), left_out.end(), p.exit->end_reason) == 0;
}

bool ModelPeople::Due(const Participation& p, int months) const {
  return InBase(p) && p.exit->end_reason != "avliden" &&
         p.exit->day.PlusMonths(months) <= SwedishDay(request_.as_of);
}

std::vector<std::string> ModelPeople::ForbundNames() const {
  std::vector<std::string> names;
  for (const WorldForbund* forbund : forbund_) names.push_back(forbund->name);
  return names;
}

const Insats& ModelPeople::InsatsOf(size_t forbund, InsatsId id) const {
  const Insats* first = nullptr;
  const Insats* newest = nullptr;
  for (const auto& version : forbund_[forbund]->insatser) {
    if (version.value.id != id) continue;
    if (first == nullptr) first = &version.value;
    if (version.known_from <= request_.as_of) newest = &version.value;
  }
  if (first == nullptr) std::abort();  // A fault of the test's world.
  return newest != nullptr ? *newest : *first;
}

void ModelPeople::ReadPeople(size_t forbund) {
  std::map<ParticipationId, const WorldVersion*> known;
  for (const WorldVersion& version : forbund_[forbund]->versions) {
    if (version.known_from > request_.as_of) continue;
    known[version.key.participation] = &version;
  }
  for (const auto& [id, version] : known) {
    const Insats& insats = InsatsOf(forbund, version->key.insats);
    if (!PassesInsats(forbund, insats)) continue;
    ModelItem item{forbund, version->key, &insats, nullptr};
    if (!version->participation.has_value()) {
      whole_.unreadable.push_back(item);
      continue;
    }
    const Participation& p = *version->participation;
    item.is = &p;
    if (WrongRegistration(p) || !PassesPerson(item)) continue;
    if (Started(p) || Ongoing(p) || Ended(p)) whole_.items.push_back(item);
  }
}

void ModelPeople::ReadCounts(size_t forbund) {
  std::map<std::tuple<InsatsId, domain::CountKind, int>, const Count*> counts;
  for (const auto& version : forbund_[forbund]->counts) {
    const Count& count = version.value;
    if (version.known_from > request_.as_of) continue;
    if (Day::FirstOfYear(count.year) < request_.from) continue;
    if (Day::LastOfYear(count.year) > request_.to) continue;
    counts[{count.insats, count.kind, count.year}] = &count;
  }
  for (const auto& [key, count] : counts) {
    const Insats& insats = InsatsOf(forbund, count->insats);
    if (!PassesInsats(forbund, insats)) continue;
    whole_.counts.push_back(ModelCount{forbund, &insats, count});
  }
}

bool ModelPeople::Filters(Dimension dimension) const {
  return std::any_of(
      request_.filters.begin(), request_.filters.end(),
      [&](const Filter& filter) { return filter.dimension == dimension; });
}

bool ModelPeople::Passes(Dimension dimension,
                         const std::vector<std::string>& values) const {
  if (!Filters(dimension)) return true;
  return std::any_of(request_.filters.begin(), request_.filters.end(),
                     [&](const Filter& filter) {
                       return filter.dimension == dimension &&
                              std::count(values.begin(), values.end(),
                                         filter.value) > 0;
                     });
}

bool ModelPeople::PassesInsats(size_t forbund, const Insats& insats) const {
  for (const Dimension dimension :
       {Dimension::kInsats, Dimension::kFocus, Dimension::kTargetGroup}) {
    if (!Passes(dimension, InsatsValues(dimension, forbund, insats))) {
      return false;
    }
  }
  return true;
}

bool ModelPeople::PassesPerson(const ModelItem& item) const {
  for (const Dimension dimension :
       {Dimension::kSex, Dimension::kAgeGroup, Dimension::kEducation,
        Dimension::kReferredBy, Dimension::kKommun}) {
    if (!Passes(dimension, ValuesOf(dimension, item))) return false;
  }
  return true;
}

std::vector<std::string> ModelPeople::InsatsValues(Dimension dimension,
                                                   size_t forbund,
                                                   const Insats& insats) const {
  if (dimension == Dimension::kInsats) return {insats.title};
  if (dimension == Dimension::kFocus) return {insats.focus};
  if (dimension == Dimension::kTargetGroup) return insats.target_groups;
  if (dimension == Dimension::kForbund) return {forbund_[forbund]->name};
  return {};
}

std::vector<std::string> ModelPeople::ValuesOf(Dimension dimension,
                                               const ModelItem& item) const {
  const Participation& p = *item.is;
  const auto class_of = [](CodeList list, int number) {
    return Book().Codes(list)[Book().ClassOf(list, number)].code;
  };
  switch (dimension) {
    case Dimension::kSex:
      return {p.number.GetSex() == domain::Sex::kWoman ? "women" : "men"};
    case Dimension::kAgeGroup:
      return {class_of(CodeList::kAgeGroup, p.number.AgeOn(p.entry.day))};
    case Dimension::kEducation:
      return {p.entry.education};
    case Dimension::kReferredBy:
      return {p.entry.referring_party};
    case Dimension::kMonthsOnSupport:
      if (!p.entry.months_on_support.has_value()) return {"unknown"};
      return {class_of(CodeList::kMonthsOnSupport, *p.entry.months_on_support)};
    case Dimension::kKommun:
      return {p.kommun};
    case Dimension::kYear:
      if (!p.exit.has_value()) return {};
      return {p.exit->day.Text().substr(0, 4)};
    case Dimension::kEndReason:
      if (!p.exit.has_value()) return {};
      return {p.exit->end_reason};
    default:
      return InsatsValues(dimension, item.forbund, *item.insats);
  }
}

std::vector<std::string> ModelPeople::Found(Dimension dimension) const {
  std::set<std::string> found;
  for (const ModelItem& item : whole_.items) {
    for (const auto& value : ValuesOf(dimension, item)) found.insert(value);
  }
  return {found.begin(), found.end()};
}

std::vector<std::pair<size_t, std::string>> ModelPeople::Titles() const {
  std::vector<std::pair<size_t, std::string>> values;
  for (size_t i = 0; i < forbund_.size(); ++i) {
    std::set<std::string> titles;
    for (const auto& version : forbund_[i]->insatser) {
      titles.insert(InsatsOf(i, version.value.id).title);
    }
    for (const std::string& title : titles) values.emplace_back(i, title);
  }
  return values;
}

std::vector<std::pair<size_t, std::string>> ModelPeople::AllValues(
    Dimension dimension) const {
  if (dimension == Dimension::kSex) return {{0, "women"}, {0, "men"}};
  if (dimension == Dimension::kInsats) return Titles();
  std::vector<std::pair<size_t, std::string>> values;
  for (const std::string& code : CodesOf(dimension)) {
    values.emplace_back(0, code);
  }
  if (dimension == Dimension::kForbund) {
    for (const std::string& name : ForbundNames()) values.emplace_back(0, name);
  }
  if (dimension == Dimension::kKommun || dimension == Dimension::kYear) {
    for (const std::string& value : Found(dimension)) {
      if (!value.empty()) values.emplace_back(0, value);
    }
  }
  // The unknown comes last.
  if (dimension == Dimension::kKommun || dimension == Dimension::kReferredBy) {
    values.emplace_back(0, "");
  }
  return values;
}

ModelRow ModelPeople::RowOf(Dimension dimension, size_t forbund,
                            const std::string& value) const {
  const auto has = [&](size_t of, const std::vector<std::string>& values) {
    return (dimension != Dimension::kInsats || of == forbund) &&
           std::count(values.begin(), values.end(), value) > 0;
  };
  ModelRow row;
  for (const ModelItem& item : whole_.items) {
    if (has(item.forbund, ValuesOf(dimension, item))) row.items.push_back(item);
  }
  for (const ModelItem& item : whole_.unreadable) {
    if (has(item.forbund,
            InsatsValues(dimension, item.forbund, *item.insats))) {
      row.unreadable.push_back(item);
    }
  }
  for (const ModelCount& count : whole_.counts) {
    if (dimension == Dimension::kSex ||
        has(count.forbund,
            InsatsValues(dimension, count.forbund, *count.insats))) {
      row.counts.push_back(count);
    }
  }
  if (dimension == Dimension::kSex) {
    row.sex = value == "women" ? domain::Sex::kWoman : domain::Sex::kMan;
  }
  return row;
}

}  // namespace stegvis::outcome
