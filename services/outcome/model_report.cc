#include "services/outcome/model_report.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"

namespace stegvis::outcome {
namespace {

using domain::Code;
using domain::CodeList;
using domain::Count;
using domain::Insats;
using domain::Participation;
using domain::Situation;

const domain::CodeBook& Book() { return testing::TestCodeBook(); }

std::string DigitsOf(const Participation& participation) {
  return participation.number.Digits(RevealKey::For("a test's invented one"));
}

// A participation that is in the report, or a record that cannot be read.
struct Item {
  size_t forbund;
  ParticipationKey key;
  const Insats* insats;
  const Participation* is;  // Null when it cannot be read.
};

struct CountItem {
  size_t forbund;
  const Insats* insats;
  const Count* is;
};

struct Row {
  std::vector<Item> items;
  std::vector<Item> unreadable;
  std::vector<CountItem> counts;
  std::optional<domain::Sex> sex;
};

class Model {
 public:
  Model(const World& world, const ReportRequest& request)
      : world_(world), request_(request) {}

  OutcomeReport Report();

 private:
  using Condition = std::function<bool(const Participation&)>;

  void ReadForbund(size_t number);
  const Insats* InsatsOf(size_t forbund, InsatsId id) const;
  std::vector<std::string> ValuesOf(Dimension dimension,
                                    const Item& item) const;
  std::vector<std::string> InsatsValues(Dimension dimension, size_t forbund,
                                        const Insats& insats) const;
  bool Passes(Dimension dimension,
              const std::vector<std::string>& values) const;
  bool PassesInsats(size_t forbund, const Insats& insats) const;
  bool PassesPerson(const Item& item) const;
  bool Filters(Dimension dimension) const;

  bool InPeriod(Day day) const {
    return request_.from <= day && day <= request_.to;
  }
  bool Started(const Participation& p) const { return InPeriod(p.entry.day); }
  bool Ongoing(const Participation& p) const {
    return p.entry.day <= request_.to &&
           (!p.exit.has_value() || p.exit->day > request_.to);
  }
  bool Ended(const Participation& p) const {
    return p.exit.has_value() && InPeriod(p.exit->day);
  }
  bool InBase(const Participation& p) const {
    const std::vector<std::string>& left_out = request_.excluded_end_reasons;
    return Ended(p) && std::count(left_out.begin(), left_out.end(),
                                  p.exit->end_reason) == 0;
  }
  bool Due(const Participation& p, int months) const {
    return InBase(p) &&
           !Book()
                .Find(CodeList::kEndReason, p.exit->end_reason)
                ->flags.deceased &&
           p.exit->day.PlusMonths(months) <= SwedishDay(request_.as_of);
  }

  PeopleCount CountOf(const Row& row, const Condition& condition) const;
  PeopleCount Individuals(const Row& row) const;
  PeopleCount SumOf(const Row& row,
                    const std::function<bool(const CountItem&)>& which) const;
  Participants ParticipantsOf(const Row& row, bool counts, bool coverage) const;
  std::vector<OccupationRow> OccupationOf(const Row& row) const;
  SupportRow SupportOf(
      const Row& row, const std::string& key,
      const std::function<bool(const std::string&)>& source) const;
  std::vector<SupportRow> SourcesOf(const Row& row) const;
  std::vector<SupportRow> GroupsOf(const Row& row) const;
  FollowUpRow FollowUpOf(const Row& row, size_t which) const;
  Block BlockOf(const Row& row, bool counts, bool coverage) const;
  std::vector<FlowRow> Flows() const;
  std::vector<std::pair<size_t, std::string>> AllValues(
      Dimension dimension) const;
  Row RowOf(Dimension dimension, size_t forbund,
            const std::string& value) const;
  void AddBreakdown(Dimension dimension, OutcomeReport& report) const;

  const World& world_;
  const ReportRequest& request_;
  std::vector<const WorldForbund*> forbund_;
  Row whole_;
};

bool WorksAfter(const Participation& p) {
  return p.exit->situation.has_value() && p.exit->situation->WorksOrStudies();
}

int HoursOf(const Situation& situation) {
  return situation.work.Halves() + situation.study.Halves();
}

std::set<std::string> SourcesOf(const std::optional<Situation>& situation) {
  std::set<std::string> sources;
  if (!situation.has_value())
    return {Book().Unknown(CodeList::kSupportSource).code};
  for (const domain::Support& support : situation->supports) {
    sources.insert(support.source);
  }
  return sources;
}

// The keys of occupation that a situation falls in.
std::set<std::string> KeysOf(const std::optional<Situation>& situation) {
  if (!situation.has_value()) return {"OVRIG"};
  if (!situation->WorksOrStudies()) {
    return {situation->seeking ? "ARBETSSOKANDE" : "OVRIG"};
  }
  std::set<std::string> keys = {"ARBETE_ELLER_STUDIER"};
  if (situation->work.Halves() > 0) keys.insert("ARBETE");
  if (situation->study.Halves() > 0) keys.insert("STUDIER");
  return keys;
}

std::optional<double> Quotient(int64_t part, int64_t whole) {
  if (whole == 0) return std::nullopt;
  return static_cast<double>(part) / static_cast<double>(whole);
}

PeopleCount Minus(const PeopleCount& a, const PeopleCount& b) {
  return {a.total - b.total, *a.women - *b.women, *a.men - *b.men};
}

const Insats* Model::InsatsOf(size_t forbund, InsatsId id) const {
  const Insats* first = nullptr;
  const Insats* newest = nullptr;
  for (const auto& version : forbund_[forbund]->insatser) {
    if (version.value.id != id) continue;
    if (first == nullptr) first = &version.value;
    if (version.known_from <= request_.as_of) newest = &version.value;
  }
  return newest != nullptr ? newest : first;
}

void Model::ReadForbund(size_t number) {
  const WorldForbund& forbund = *forbund_[number];
  std::map<ParticipationId, const WorldVersion*> known;
  for (const WorldVersion& version : forbund.versions) {
    if (version.known_from > request_.as_of) continue;
    known[version.key.participation] = &version;
  }
  for (const auto& [id, version] : known) {
    const Insats* insats = InsatsOf(number, version->key.insats);
    if (!PassesInsats(number, *insats)) continue;
    const Item item{number, version->key, insats,
                    version->participation.has_value()
                        ? &*version->participation
                        : nullptr};
    if (item.is == nullptr) {
      whole_.unreadable.push_back(item);
      continue;
    }
    const Participation& p = *item.is;
    if (p.exit.has_value() &&
        Book()
            .Find(CodeList::kEndReason, p.exit->end_reason)
            ->flags.excluded_from_statistics)
      continue;
    if (!Started(p) && !Ongoing(p) && !Ended(p)) continue;
    if (PassesPerson(item)) whole_.items.push_back(item);
  }
  std::map<std::tuple<InsatsId, domain::CountKind, int>, const Count*> counts;
  for (const auto& version : forbund.counts) {
    const Count& count = version.value;
    if (version.known_from > request_.as_of) continue;
    if (Day::FirstOfYear(count.year) < request_.from) continue;
    if (Day::LastOfYear(count.year) > request_.to) continue;
    counts[{count.insats, count.kind, count.year}] = &count;
  }
  for (const auto& [key, count] : counts) {
    const Insats* insats = InsatsOf(number, count->insats);
    if (!PassesInsats(number, *insats)) continue;
    whole_.counts.push_back(CountItem{number, insats, count});
  }
}

bool Model::Filters(Dimension dimension) const {
  return std::any_of(
      request_.filters.begin(), request_.filters.end(),
      [&](const Filter& filter) { return filter.dimension == dimension; });
}

bool Model::Passes(Dimension dimension,
                   const std::vector<std::string>& values) const {
  if (!Filters(dimension)) return true;
  return std::any_of(request_.filters.begin(), request_.filters.end(),
                     [&](const Filter& filter) {
                       return filter.dimension == dimension &&
                              std::count(values.begin(), values.end(),
                                         filter.value) > 0;
                     });
}

bool Model::PassesInsats(size_t forbund, const Insats& insats) const {
  for (const Dimension dimension :
       {Dimension::kInsats, Dimension::kFocus, Dimension::kTargetGroup}) {
    if (!Passes(dimension, InsatsValues(dimension, forbund, insats))) {
      return false;
    }
  }
  return true;
}

bool Model::PassesPerson(const Item& item) const {
  for (const Dimension dimension :
       {Dimension::kSex, Dimension::kAgeGroup, Dimension::kEducation,
        Dimension::kReferredBy, Dimension::kKommun}) {
    if (!Passes(dimension, ValuesOf(dimension, item))) return false;
  }
  return true;
}

std::vector<std::string> Model::InsatsValues(Dimension dimension,
                                             size_t forbund,
                                             const Insats& insats) const {
  if (dimension == Dimension::kInsats) return {insats.title};
  if (dimension == Dimension::kFocus) return {insats.focus};
  if (dimension == Dimension::kTargetGroup) return insats.target_groups;
  if (dimension == Dimension::kForbund) return {forbund_[forbund]->name};
  return {};
}

std::vector<std::string> Model::ValuesOf(Dimension dimension,
                                         const Item& item) const {
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

PeopleCount Model::CountOf(const Row& row, const Condition& condition) const {
  PeopleCount count;
  for (const Item& item : row.items) {
    if (!condition(*item.is)) continue;
    ++count.total;
    const bool woman = item.is->number.GetSex() == domain::Sex::kWoman;
    ++*(woman ? count.women : count.men);
  }
  return count;
}

PeopleCount Model::Individuals(const Row& row) const {
  std::set<std::pair<size_t, std::string>> seen;
  Row once;
  for (const Item& item : row.items) {
    if (!InBase(*item.is)) continue;
    if (seen.emplace(item.forbund, DigitsOf(*item.is)).second) {
      once.items.push_back(item);
    }
  }
  return CountOf(once, [](const Participation&) { return true; });
}

PeopleCount Model::SumOf(
    const Row& row, const std::function<bool(const CountItem&)>& which) const {
  PeopleCount sum;
  const bool both = !Filters(Dimension::kSex);
  const bool women =
      row.sex != domain::Sex::kMan && Passes(Dimension::kSex, {"women"});
  const bool men =
      row.sex != domain::Sex::kWoman && Passes(Dimension::kSex, {"men"});
  for (const CountItem& count : row.counts) {
    if (!which(count)) continue;
    const int64_t of_women = women ? count.is->women.value_or(0) : 0;
    const int64_t of_men = men ? count.is->men.value_or(0) : 0;
    *sum.women += of_women;
    *sum.men += of_men;
    sum.total +=
        both && !row.sex.has_value() ? count.is->total : of_women + of_men;
  }
  if (sum.total > 0 && *sum.women == 0 && *sum.men == 0) {
    return {sum.total, std::nullopt, std::nullopt};
  }
  return sum;
}

Participants Model::ParticipantsOf(const Row& row, bool counts,
                                   bool coverage) const {
  Participants of;
  of.started = CountOf(row, [&](const auto& p) { return Started(p); });
  of.ongoing = CountOf(row, [&](const auto& p) { return Ongoing(p); });
  of.ended = CountOf(row, [&](const auto& p) { return Ended(p); });
  of.base = CountOf(row, [&](const auto& p) { return InBase(p); });
  of.individuals = Individuals(row);
  of.unreadable = static_cast<int64_t>(row.unreadable.size());
  if (!counts) return of;
  of.anonymous = SumOf(row, [](const CountItem& count) {
    return count.is->kind == domain::CountKind::kAnonymous;
  });
  of.volume = SumOf(row, [](const CountItem& count) {
    return count.is->kind == domain::CountKind::kVolume &&
           count.insats->orientation == domain::Orientation::kIndividual;
  });
  of.structural_volume = SumOf(row, [](const CountItem& count) {
    return count.insats->orientation == domain::Orientation::kStructural;
  });
  PeopleCount registered = of.started;
  for (const PeopleCount& more : {*of.anonymous, *of.volume}) {
    registered.total += more.total;
    *registered.women += more.women.value_or(0);
    *registered.men += more.men.value_or(0);
  }
  if (coverage) {
    of.coverage = Quotient(of.started.total, registered.total);
  }
  if (registered.total > 0 && *registered.women + *registered.men == 0) {
    registered.women.reset();
    registered.men.reset();
  }
  of.registered = registered;
  return of;
}

std::vector<OccupationRow> Model::OccupationOf(const Row& row) const {
  const int64_t base =
      CountOf(row, [&](const auto& p) { return InBase(p); }).total;
  std::vector<OccupationRow> rows;
  for (const char* key : {"ARBETE_ELLER_STUDIER", "ARBETE", "STUDIER",
                          "ARBETSSOKANDE", "OVRIG"}) {
    OccupationRow made;
    made.key = key;
    made.before = CountOf(row, [&](const auto& p) {
      return InBase(p) && KeysOf(p.entry.situation).count(key) > 0;
    });
    made.after = CountOf(row, [&](const auto& p) {
      return InBase(p) && KeysOf(p.exit->situation).count(key) > 0;
    });
    made.share_before = Quotient(made.before.total, base);
    made.share_after = Quotient(made.after.total, base);
    if (base > 0) {
      // The roots of (p − x)² = z² x (1 − x) / n.
      const double n = static_cast<double>(base);
      const double p = *made.share_after;
      const double z2 = 1.959964 * 1.959964;
      const double middle = 2 * n * p + z2;
      const double root = std::sqrt(z2 * z2 + 4 * n * p * (1 - p) * z2);
      made.share_after_low =
          made.after.total == 0 ? 0 : (middle - root) / (2 * (n + z2));
      made.share_after_high =
          made.after.total == base ? 1 : (middle + root) / (2 * (n + z2));
    }
    rows.push_back(made);
  }
  return rows;
}

SupportRow Model::SupportOf(
    const Row& row, const std::string& key,
    const std::function<bool(const std::string&)>& source) const {
  const auto any = [&](const std::set<std::string>& sources) {
    return std::any_of(sources.begin(), sources.end(), source);
  };
  SupportRow made;
  made.key = key;
  made.before = CountOf(row, [&](const auto& p) {
    return InBase(p) && any(outcome::SourcesOf(p.entry.situation));
  });
  made.after = CountOf(row, [&](const auto& p) {
    return InBase(p) && any(outcome::SourcesOf(p.exit->situation));
  });
  made.change = Minus(made.after, made.before);
  made.change_percent = Quotient(made.change.total, made.before.total);
  made.change_percentage_points =
      Quotient(made.change.total,
               CountOf(row, [&](const auto& p) { return InBase(p); }).total);
  return made;
}

std::vector<SupportRow> Model::SourcesOf(const Row& row) const {
  std::vector<SupportRow> rows;
  for (const Code& code : Book().Codes(CodeList::kSupportSource)) {
    rows.push_back(SupportOf(row, code.code, [&](const std::string& source) {
      return source == code.code;
    }));
    rows.back().group = code.group;
  }
  return rows;
}

std::vector<SupportRow> Model::GroupsOf(const Row& row) const {
  const std::vector<std::string> groups = {"OHALSA", "ARBETSMARKNAD",
                                           "EKONOMISKT_BISTAND", "OVRIG"};
  const auto group_of = [](const std::string& source) {
    return Book().Find(CodeList::kSupportSource, source)->group;
  };
  std::vector<SupportRow> rows;
  for (const std::string& group : groups) {
    rows.push_back(SupportOf(row, group, [&](const std::string& source) {
      return group_of(source) == group;
    }));
  }
  rows.push_back(SupportOf(row, "ANY_PUBLIC", [&](const std::string& source) {
    return std::count(groups.begin(), groups.end(), group_of(source)) > 0;
  }));
  return rows;
}

FollowUpRow Model::FollowUpOf(const Row& row, size_t which) const {
  FollowUpRow made;
  made.months = which == 0 ? 6 : 12;
  const auto answered = [&](const Participation& p) {
    return Due(p, made.months) && p.follow_ups[which].has_value();
  };
  const auto with_key = [&](const char* key) {
    return CountOf(row, [&](const Participation& p) {
      return answered(p) &&
             KeysOf(p.follow_ups[which]->situation).count(key) > 0;
    });
  };
  made.due = CountOf(row, [&](const auto& p) { return Due(p, made.months); });
  made.answered = CountOf(row, answered);
  made.work_or_study = with_key("ARBETE_ELLER_STUDIER");
  made.seeking = with_key("ARBETSSOKANDE");
  made.other = with_key("OVRIG");
  return made;
}

Block Model::BlockOf(const Row& row, bool counts, bool coverage) const {
  Block block;
  block.participants = ParticipantsOf(row, counts, coverage);
  block.occupation = OccupationOf(row);
  block.began_or_increased.work_or_study_after =
      CountOf(row, [&](const auto& p) { return InBase(p) && WorksAfter(p); });
  block.began_or_increased.began = CountOf(row, [&](const auto& p) {
    return InBase(p) && WorksAfter(p) && HoursOf(p.entry.situation) == 0;
  });
  block.began_or_increased.increased = CountOf(row, [&](const auto& p) {
    return InBase(p) && WorksAfter(p) && HoursOf(p.entry.situation) > 0 &&
           HoursOf(*p.exit->situation) > HoursOf(p.entry.situation);
  });
  block.support = SourcesOf(row);
  block.support_groups = GroupsOf(row);
  block.follow_up = {FollowUpOf(row, 0), FollowUpOf(row, 1)};
  return block;
}

std::vector<FlowRow> Model::Flows() const {
  std::vector<std::string> targets;
  for (const Code& code : Book().Codes(CodeList::kSupportSource)) {
    targets.push_back(code.code);
  }
  const std::vector<std::string> sources = targets;
  targets.insert(targets.end(), {"WORK", "STUDY"});
  const auto goes_to = [](const Participation& p, const std::string& to) {
    const std::optional<Situation>& after = p.exit->situation;
    if (to == "WORK") return after.has_value() && after->work.Halves() > 0;
    if (to == "STUDY") return after.has_value() && after->study.Halves() > 0;
    return outcome::SourcesOf(after).count(to) > 0;
  };
  std::vector<FlowRow> rows;
  for (const std::string& from : sources) {
    for (const std::string& to : targets) {
      const PeopleCount count = CountOf(whole_, [&](const auto& p) {
        return InBase(p) &&
               outcome::SourcesOf(p.entry.situation).count(from) > 0 &&
               goes_to(p, to);
      });
      if (count.total > 0) rows.push_back(FlowRow{from, to, count});
    }
  }
  return rows;
}

// The values a dimension can have, in the order of rows; those of insatser with
// the number of their förbund.
std::vector<std::pair<size_t, std::string>> Model::AllValues(
    Dimension dimension) const {
  std::vector<std::pair<size_t, std::string>> values;
  const auto add_codes = [&](CodeList list) {
    for (const Code& code : Book().Codes(list))
      values.emplace_back(0, code.code);
  };
  switch (dimension) {
    case Dimension::kSex:
      return {{0, "women"}, {0, "men"}};
    case Dimension::kAgeGroup:
      add_codes(CodeList::kAgeGroup);
      return values;
    case Dimension::kEducation:
      add_codes(CodeList::kEducation);
      return values;
    case Dimension::kReferredBy:
      add_codes(CodeList::kReferringParty);
      values.emplace_back(0, "");
      return values;
    case Dimension::kMonthsOnSupport:
      add_codes(CodeList::kMonthsOnSupport);
      return values;
    case Dimension::kFocus:
      add_codes(CodeList::kFocusIndividual);
      add_codes(CodeList::kFocusStructural);
      return values;
    case Dimension::kTargetGroup:
      add_codes(CodeList::kTargetGroup);
      return values;
    case Dimension::kEndReason:
      add_codes(CodeList::kEndReason);
      return values;
    case Dimension::kForbund:
      for (const WorldForbund* forbund : forbund_) {
        values.emplace_back(0, forbund->name);
      }
      return values;
    case Dimension::kInsats:
      for (size_t i = 0; i < forbund_.size(); ++i) {
        std::set<std::string> titles;
        for (const auto& version : forbund_[i]->insatser) {
          titles.insert(InsatsOf(i, version.value.id)->title);
        }
        for (const std::string& title : titles) values.emplace_back(i, title);
      }
      return values;
    case Dimension::kKommun:
    case Dimension::kYear: {
      std::set<std::string> found;
      for (const Item& item : whole_.items) {
        for (const auto& value : ValuesOf(dimension, item)) found.insert(value);
      }
      for (const std::string& value : found) {
        if (!value.empty()) values.emplace_back(0, value);
      }
      if (found.count("") > 0) values.emplace_back(0, "");
      return values;
    }
  }
  return values;
}

Row Model::RowOf(Dimension dimension, size_t forbund,
                 const std::string& value) const {
  const auto has = [&](size_t of, const std::vector<std::string>& values) {
    return (dimension != Dimension::kInsats || of == forbund) &&
           std::count(values.begin(), values.end(), value) > 0;
  };
  Row row;
  for (const Item& item : whole_.items) {
    if (has(item.forbund, ValuesOf(dimension, item))) row.items.push_back(item);
  }
  for (const Item& item : whole_.unreadable) {
    if (has(item.forbund,
            InsatsValues(dimension, item.forbund, *item.insats))) {
      row.unreadable.push_back(item);
    }
  }
  for (const CountItem& count : whole_.counts) {
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

void Model::AddBreakdown(Dimension dimension, OutcomeReport& report) const {
  const bool counts = report.whole.participants.registered.has_value();
  const bool coverage =
      report.whole.participants.coverage.has_value() ||
      (counts && !Filters(Dimension::kSex) &&
       request_.from == Day::FirstOfYear(request_.from.Year()) &&
       request_.to == Day::LastOfYear(request_.to.Year()));
  bool every_sex = true;
  for (const CountItem& count : whole_.counts) {
    if (count.is->total > 0 && !count.is->women.has_value() &&
        count.insats->orientation == domain::Orientation::kIndividual) {
      every_sex = false;
    }
  }
  const std::set<Dimension> with_counts = {
      Dimension::kSex, Dimension::kInsats, Dimension::kFocus,
      Dimension::kTargetGroup, Dimension::kForbund};
  for (const auto& [forbund, value] : AllValues(dimension)) {
    const Row row = RowOf(dimension, forbund, value);
    BreakdownRow made{dimension, value, "", {}};
    if (dimension == Dimension::kInsats && forbund_.size() > 1) {
      made.forbund = forbund_[forbund]->name;
    }
    const bool stands = counts && with_counts.count(dimension) > 0;
    made.block = BlockOf(
        row, stands,
        stands && coverage && (dimension != Dimension::kSex || every_sex));
    const Participants& of = made.block.participants;
    const bool something = !row.items.empty() || of.unreadable > 0 ||
                           (stands && of.anonymous->total + of.volume->total +
                                              of.structural_volume->total >
                                          0);
    if (something) report.breakdowns.push_back(made);
  }
}

OutcomeReport Model::Report() {
  for (const ForbundId& id : request_.forbund) {
    for (const WorldForbund& forbund : world_.Forbund()) {
      if (forbund.id == id) forbund_.push_back(&forbund);
    }
  }
  for (size_t i = 0; i < forbund_.size(); ++i) ReadForbund(i);

  OutcomeReport report{{},
                       request_.from,
                       request_.to,
                       request_.as_of,
                       {"felregistrering"},
                       request_.filters,
                       {},
                       {},
                       {},
                       0,
                       1,
                       {}};
  for (const WorldForbund* forbund : forbund_) {
    report.forbund.push_back(forbund->name);
  }
  for (const std::string& code : request_.excluded_end_reasons) {
    std::vector<std::string>& codes = report.excluded_end_reasons;
    if (std::count(codes.begin(), codes.end(), code) == 0)
      codes.push_back(code);
  }
  const bool counts =
      !Filters(Dimension::kAgeGroup) && !Filters(Dimension::kEducation) &&
      !Filters(Dimension::kReferredBy) && !Filters(Dimension::kKommun);
  const bool whole_years =
      request_.from == Day::FirstOfYear(request_.from.Year()) &&
      request_.to == Day::LastOfYear(request_.to.Year());
  report.whole = BlockOf(whole_, counts,
                         counts && whole_years && !Filters(Dimension::kSex));
  report.flows = Flows();
  for (int i = 0; i < kDimensions; ++i) {
    const auto dimension = static_cast<Dimension>(i);
    const std::vector<Dimension>& asked = request_.breakdowns;
    if (std::count(asked.begin(), asked.end(), dimension) > 0) {
      AddBreakdown(dimension, report);
    }
  }
  for (const Item& item : whole_.unreadable) {
    report.unreadable_records.push_back(
        absl::StrCat("forbund/", item.key.forbund.Text(), "/insatser/",
                     item.key.insats.Text(), "/participations/",
                     item.key.participation.Text()));
  }
  std::sort(report.unreadable_records.begin(), report.unreadable_records.end());
  return report;
}

}  // namespace

OutcomeReport ModelReport(const World& world, const ReportRequest& request) {
  return Model(world, request).Report();
}

}  // namespace stegvis::outcome
